package org.posthouse.webadmin.attention;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.address.AccessProblem;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.panel.ServerLicense;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.LicenceCheck;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.SignInCheck;
import org.posthouse.webadmin.people.MailAccess;
import org.posthouse.webadmin.plan.Recovery;
import org.posthouse.webadmin.pulse.DirectoryAlarm;
import org.posthouse.webadmin.pulse.Machine;
import org.posthouse.webadmin.pulse.Overview;
import org.posthouse.webadmin.pulse.Overview.Line;
import org.posthouse.webadmin.pulse.Pulse;

/**
 * The one list of what needs attention. Cheap enough for a page that asks every few seconds: boards and people are known
 * from memory, machines are asked every half minute and a few at a time. Safe for use by several threads.
 */
@ApplicationScoped
public class Attention {

    private static final Duration MACHINE_KNOWN_FOR = Duration.ofSeconds(30);
    private static final Duration INTERRUPTION_SHOWN_FOR = Duration.ofDays(1);
    private static final Duration CERTIFICATE_KNOWN_FOR = Duration.ofHours(1);
    // Each may be a question over the network; the others are asked by the next visits.
    private static final int MACHINES_AT_A_TIME = 8;

    /**
     * What is known of a machine.
     *
     * @param machine empty while its engine does not answer
     * @param at when it was asked
     */
    private record Asked(Optional<Machine> machine, Instant at) {}

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    @Inject
    private MailAccess access;

    @Inject
    private DirectoryAlarm alarm;

    @Inject
    private SignInCheck signIns;

    @Inject
    private Recovery recovery;

    private final AdministratorConcerns administrators = new AdministratorConcerns();
    private final Map<Place, Asked> machines = new HashMap<>();
    private @Nullable Instant certificateRead;
    private Optional<Instant> certificateEnd = Optional.empty();

    /** Everything, what hurts most first. Throws DirectoryException while the directory is unavailable. */
    public List<Concern> concerns(Directory directory, Overview overview) {
        Tree tree = directory.tree();
        var found = new ArrayList<Concern>();
        directoryAndHistory(found);
        recovery.within(INTERRUPTION_SHOWN_FOR).map(InterruptionConcerns::of).ifPresent(found::add);
        found.addAll(new PartConcerns(this::silence, this::listens).of(overview));
        broken(tree, overview, found);
        hosts(directory, found);
        people(directory, found);
        administrators.of(directory, installed.clock().instant()).ifPresent(found::add);
        found.addAll(
                GuessingConcerns.atConsole(signIns.guessers(), installed.clock().instant()));
        var expiry = new ExpiryConcerns(
                pulse::server,
                server ->
                        LicenceCheck.licensing(server.page(ServerLicense.class).license()),
                installed.clock().instant());
        found.addAll(expiry.of(tree));
        expiry.console(consoleCertificateEnd()).ifPresent(found::add);
        found.sort(Comparator.comparing(Concern::severity));
        return List.copyOf(found);
    }

    private Optional<String> silence(Place host) {
        return pulse.hasEngine(host) ? Optional.of(pulse.silence(host)) : Optional.empty();
    }

    private boolean listens(Place agent) {
        return pulse.agent(agent).filter(seen -> !seen.listening().isEmpty()).isPresent();
    }

    private void directoryAndHistory(List<Concern> found) {
        alarm.get()
                .ifPresent(older -> found.add(Concern.on(
                        Severity.REJECTED,
                        older.isOther() ? "directoryOther" : "directoryOlder",
                        List.of(older.shown(), older.known()),
                        "rollback")));
        installed
                .history()
                .verdict()
                .filter(verdict -> !verdict.isWhole())
                .ifPresent(altered -> found.add(Concern.on(Severity.REJECTED, "historyAltered", List.of(), "history")));
    }

    // Objects that cannot be understood and are not servers, which the overview has.
    private static void broken(Tree tree, Overview overview, List<Concern> found) {
        Set<Place> told = overview.lines().stream()
                .flatMap(Line::parts)
                .map(Overview.Part::place)
                .collect(Collectors.toSet());
        tree.broken().stream()
                .filter(object -> !told.contains(object.place()))
                .forEach(object -> found.add(Concern.at(
                        Severity.NOT_RUNNING,
                        "broken",
                        List.of(object.place().leaf()),
                        object.place(),
                        Kind.UNKNOWN,
                        "")));
    }

    private void hosts(Directory directory, List<Concern> found) {
        List<Place> hosts = directory.configuration(Set.of(Kind.HOST_SERVER)).stream()
                .map(entry -> entry.place())
                .toList();
        ask(hosts);
        for (Place host : hosts) {
            if (!pulse.rivals(host).isEmpty()) {
                found.add(Concern.at(
                        Severity.NOT_RUNNING, "twoEngines", List.of(host.leaf()), host, Kind.HOST_SERVER, ""));
            }
            pulse.board(host).ifPresent(board -> found.addAll(DamageConcerns.of(board)));
            pulse.board(host)
                    .ifPresent(board -> found.addAll(GuessingConcerns.at(
                            host, board.guessers(), installed.clock().instant())));
            machine(host)
                    .ifPresent(machine -> found.addAll(
                            HostConcerns.of(host, machine, installed.clock().instant())));
        }
    }

    private synchronized Optional<Machine> machine(Place host) {
        return Optional.ofNullable(machines.get(host)).flatMap(Asked::machine);
    }

    private void ask(List<Place> hosts) {
        Instant now = installed.clock().instant();
        List<Place> due;
        synchronized (this) {
            machines.keySet().retainAll(new HashSet<>(hosts));
            due = hosts.stream()
                    .filter(host -> askedAt(host).plus(MACHINE_KNOWN_FOR).isBefore(now))
                    .sorted(Comparator.comparing(this::askedAt))
                    .limit(MACHINES_AT_A_TIME)
                    .toList();
        }
        for (Place host : due) {
            var asked = new Asked(pulse.machine(host), now);
            synchronized (this) {
                machines.put(host, asked);
            }
        }
    }

    private Instant askedAt(Place host) {
        Asked known = machines.get(host);
        return known == null ? Instant.EPOCH : known.at();
    }

    private void people(Directory directory, List<Concern> found) {
        MailAccess.State state = access.state(directory);
        for (AccessProblem problem : state.problems()) {
            boolean one = problem.number() == 1;
            found.add(Concern.at(
                    Severity.PEOPLE,
                    "people",
                    List.of(problem),
                    one ? problem.some().getFirst() : problem.container(),
                    one ? problem.kind() : Kind.ORGANIZATIONAL_UNIT,
                    ""));
        }
        state.missing()
                .forEach(each -> found.add(Concern.at(
                        Severity.PEOPLE,
                        "missing",
                        List.of(
                                each.missing().leaf(),
                                each.option(),
                                each.object().leaf()),
                        each.object(),
                        Kind.MESSAGING_SERVER,
                        "")));
    }

    private synchronized Optional<Instant> consoleCertificateEnd() {
        Instant now = installed.clock().instant();
        Instant read = certificateRead;
        if (read == null || read.plus(CERTIFICATE_KNOWN_FOR).isBefore(now)) {
            certificateRead = now;
            certificateEnd = endOf(System.getProperty("posthouse.key-store", ""));
        }
        return certificateEnd;
    }

    // The store in use when the console was started; what cannot be read is not judged.
    private static Optional<Instant> endOf(String store) {
        if (store.isEmpty() || !Files.isReadable(Path.of(store))) {
            return Optional.empty();
        }
        String password = "changeit"; // Payara opens its key store with this word and no other.
        try {
            KeyStore keys = KeyStore.getInstance(Path.of(store).toFile(), password.toCharArray());
            var ends = new ArrayList<Instant>();
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.isKeyEntry(alias) && keys.getCertificate(alias) instanceof X509Certificate certificate) {
                    ends.add(certificate.getNotAfter().toInstant());
                }
            }
            return ends.stream().min(Comparator.naturalOrder());
        } catch (IOException | GeneralSecurityException unreadable) {
            return Optional.empty();
        }
    }
}
