package org.posthouse.webadmin.setup;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.Issue;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.NameProblem;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.PlainText;

/**
 * NetMail's installation: extends the schema and creates what every tree needs.
 *
 * <p>It is all or nothing, also when it is killed: the next one deletes first what it left. What was there before it stays
 * and is used. The administrators' group is created last and says that all of it was done; from then on only administrators
 * change anything.
 */
public final class Installation {

    private static final List<Kind> FIXED =
            List.of(Kind.LIST_CONTAINER, Kind.PARENT_CONTAINER, Kind.TEMPLATE_CONTAINER);
    private static final int FEW = 20;
    private static final String ENABLED = "posthouseMessagingEnabled";
    private static final String SECRET = "posthouseSystemSecret";
    private static final String VERIFY = "posthouseVerifyAddress";

    // Two set-ups at the same time would undo each other's work.
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();
    private static final Duration CERTIFICATE = Duration.ofDays(825);

    private final Directory directory;
    private final Clock clock;
    private final SetUpJournal journal;

    /** The installation of this directory, which has to be bound as an account that may write schema and tree. */
    public Installation(Directory directory) {
        this(directory, null, Clock.systemUTC());
    }

    /** The same, with a home in which it notes what it creates, so that nothing is left of a set-up that was killed. */
    public Installation(Directory directory, @Nullable Path home, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        this.journal = new SetUpJournal(home);
    }

    /** Whether it was completed. */
    public boolean isDone() {
        return directory.read(directory.administrators()).isPresent();
    }

    /** What is wrong with the answers; empty when {@link #run} would take them. */
    public List<Problem> problems(SetUp setUp) {
        var problems = new ArrayList<Problem>();
        name(problems, "adminName", setUp.adminName());
        if (setUp.adminName().contains("@")) {
            problems.add(
                    new Problem("adminName", setUp.adminName(), "must be a bare name: it belongs to a Global Domain"));
        }
        NameProblem.of(setUp.adminName(), List.of())
                .filter(found ->
                        !setUp.adminName().isBlank() && !setUp.adminName().contains("@"))
                .ifPresent(found -> problems.add(new Problem(
                        "adminName",
                        setUp.adminName(),
                        found.reserved() ? "is reserved for a role by RFC 2142; use another name" : found.reason())));
        name(problems, "organization", setUp.organization());
        name(problems, "userContainer", setUp.userContainer());
        name(problems, "hostName", setUp.hostName());
        if (setUp.createServer()) {
            name(problems, "serverName", setUp.serverName());
        }
        Passwords.problem(setUp.adminPassword(), setUp.adminName())
                .ifPresent(reason -> problems.add(new Problem("adminPassword", "", reason)));
        if (setUp.organization().equalsIgnoreCase(Kind.INTERNET_SERVICES.label())) {
            problems.add(new Problem(
                    "organization", setUp.organization(), "is the name of the mail system's own container"));
        }
        return problems;
    }

    private static void name(List<Problem> problems, String option, String name) {
        if (name.isBlank()) {
            problems.add(new Problem(option, name, "is required"));
        } else if (!PlainText.isName(name) || name.length() > 64) {
            problems.add(new Problem(option, name, "must have at most 64 characters and no control characters"));
        }
    }

    /**
     * Installs, all of it or nothing: what it created is deleted again when it fails, and what an earlier one left that
     * was killed. Throws Refused with every problem, also when it was done before; or a DirectoryException.
     */
    public void run(SetUp setUp) {
        List<Problem> problems = problems(setUp);
        if (!problems.isEmpty()) {
            throw new Refused(problems);
        }
        ONE_AT_A_TIME.lock();
        try {
            directory.prepareSchema();
            if (isDone()) {
                throw new Refused(List.of(new Problem("", "", "This directory is already set up.")));
            }
            journal.takeUp();
            journal.undo(directory);
            create(setUp);
            journal.forget();
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private void create(SetUp setUp) {
        try {
            createAll(setUp);
        } catch (DirectoryException | Refused | UncheckedIOException failure) {
            journal.undo(directory);
            throw failure;
        }
    }

    private void createAll(SetUp setUp) {
        directory.prepareRoot();
        internetServices();
        Place users = organization(setUp);
        Place host = host(setUp);
        Place administrator = administrator(setUp, users);
        if (setUp.createServer()) {
            server(setUp, users, host, administrator);
        }
        appoint(administrator);
    }

    /**
     * What {@link #restore} made again.
     *
     * @param made the objects, the container first
     * @param newSecret whether the system secret is a new one, so that what was sealed with the lost one opens no more
     */
    public record Restored(List<Place> made, boolean newSecret) {}

    /**
     * NetMail's NIMSExt: extends the schema and makes again what of Internet Services and its fixed objects is lost. The
     * administrators need a member who can sign in: the user of this name or distinguished name, who must be there and is
     * enabled. Throws Refused.
     */
    public Restored restore(String administrator) {
        directory.prepareSchema();
        boolean lost = directory.administratorsAble().isEmpty();
        if (!lost && !administrator.isBlank()) {
            throw refused(administrator, "is not allowed: there are administrators; add the user in the console");
        }
        Optional<Place> member = lost ? Optional.of(member(administrator)) : Optional.empty();
        List<Place> missing =
                lasting().filter(place -> directory.read(place).isEmpty()).toList();
        boolean secretGone = directory
                .read(directory.internetServices())
                .flatMap(services -> services.value(SECRET))
                .isEmpty();
        directory.prepareRoot();
        internetServices();
        member.ifPresent(this::enable);
        member.ifPresent(this::appoint);
        return new Restored(missing, secretGone);
    }

    private Stream<Place> lasting() {
        Place services = directory.internetServices();
        var fixed = FIXED.stream().map(kind -> services.child(kind.naming(), kind.label()));
        return Stream.concat(Stream.concat(Stream.of(services), fixed), Stream.of(directory.administrators()));
    }

    private Place member(String named) {
        if (named.isBlank()) {
            throw refused("", "is required: there is no administrator; specify a user");
        }
        List<Place> users = (named.contains("=")
                        ? directory.read(Place.of(named)).stream()
                        : directory.find(named, Set.of(Kind.USER), FEW).stream()
                                .filter(user -> user.name().equalsIgnoreCase(named)))
                .filter(user -> user.kind() == Kind.USER)
                .map(Entry::place)
                .toList();
        if (users.size() != 1) {
            throw refused(
                    named,
                    users.isEmpty()
                            ? "is not a user of this directory"
                            : "is the name of several users; enter the distinguished name of one");
        }
        return users.getFirst();
    }

    private static Refused refused(String administrator, String reason) {
        return new Refused(List.of(new Problem("administrator", administrator, reason)));
    }

    // A disabled user could not sign in, and would leave everybody where they were.
    private void enable(Place user) {
        Entry entry = directory.read(user).orElseThrow();
        List<String> was = entry.values(ENABLED);
        if (was.stream().anyMatch("FALSE"::equalsIgnoreCase)) {
            directory.save(user, Map.of(ENABLED, was), Map.of(ENABLED, List.of("TRUE")), entry.revision());
        }
    }

    private void appoint(Place administrator) {
        Optional<Entry> group = directory.read(directory.administrators());
        if (group.isPresent()) {
            // Its members are gone, or cannot sign in.
            List<String> members = group.get().values("member");
            List<String> wanted = Stream.concat(members.stream(), Stream.of(administrator.toString()))
                    .distinct()
                    .toList();
            directory.save(
                    group.get().place(),
                    Map.of("member", members),
                    Map.of("member", wanted),
                    group.get().revision());
            return;
        }
        journal.note(directory.administrators());
        directory.create(new NewObject(
                directory.administrators(), Kind.GROUP, Map.of("member", List.of(administrator.toString()))));
    }

    private void internetServices() {
        Place place = directory.internetServices();
        List<NewObject> fixed = FIXED.stream()
                .map(kind -> new NewObject(place.child(kind.naming(), kind.label()), kind, Map.of()))
                .toList();
        Optional<Entry> known = directory.read(place);
        if (known.isEmpty()) {
            journal.note(place);
            var top = new NewObject(place, Kind.INTERNET_SERVICES, Map.of(SECRET, List.of(secret())));
            directory.createAll(Stream.concat(Stream.of(top), fixed.stream()).toList());
            return;
        }
        fixed.forEach(this::ensure);
        known.filter(entry -> entry.value(SECRET).isEmpty())
                .ifPresent(
                        entry -> directory.save(place, Map.of(), Map.of(SECRET, List.of(secret())), entry.revision()));
    }

    // The bearer token between engines and console.
    private static String secret() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Place organization(SetUp setUp) {
        Place organization = directory.root().child("o", setUp.organization());
        ensure(new NewObject(organization, Kind.ORGANIZATION, Map.of()));
        Place users = organization.child("ou", setUp.userContainer());
        ensure(new NewObject(users, Kind.ORGANIZATIONAL_UNIT, Map.of()));
        return users;
    }

    // An engine that was here first may have its object already, wherever an administrator put it.
    private Place host(SetUp setUp) {
        Optional<Place> known = directory.configuration().stream()
                .filter(entry ->
                        entry.kind() == Kind.HOST_SERVER && entry.name().equalsIgnoreCase(setUp.hostName()))
                .map(Entry::place)
                .findFirst();
        return known.orElseGet(() -> ensure(new NewObject(
                directory.root().child("o", setUp.organization()).child("cn", setUp.hostName()),
                Kind.HOST_SERVER,
                Map.of())));
    }

    private Place administrator(SetUp setUp, Place users) {
        var attributes = new LinkedHashMap<String, List<String>>();
        attributes.put("sn", List.of(setUp.adminName()));
        // Without an SMTP Agent no mail arrives there.
        if (setUp.createServer()
                && setUp.agents().contains(Kind.SMTP_AGENT)
                && setUp.adminName().matches("[A-Za-z0-9._-]+")) {
            attributes.put("mail", List.of(setUp.adminName() + "@" + setUp.officialDomain()));
        }
        Place place = ensure(new NewObject(users.child("cn", setUp.adminName()), Kind.USER, attributes));
        directory.setPassword(place, setUp.adminPassword());
        return place;
    }

    private void server(SetUp setUp, Place users, Place host, Place administrator) {
        Place place = directory.internetServices().child("ou", setUp.serverName());
        var attributes = new LinkedHashMap<String, List<String>>();
        attributes.put("posthouseHost", List.of(host.toString()));
        attributes.put("posthousePostmaster", List.of(administrator.toString()));
        attributes.put("posthouseOfficialDomain", List.of(setUp.officialDomain().ascii()));
        attributes.put(
                "posthouseResolver",
                setUp.resolvers().stream().map(Object::toString).toList());
        attributes.put("posthouseContext", List.of(users.toString()));
        if (directory.read(place).isPresent()) {
            return;
        }
        if (setUp.tls()) {
            attributes.putAll(tls(setUp));
        }
        var objects = new ArrayList<NewObject>();
        objects.add(new NewObject(place, Kind.MESSAGING_SERVER, attributes));
        Stream.concat(Stream.of(Kind.NMAP_AGENT), setUp.agents().stream())
                .distinct()
                .forEach(kind ->
                        objects.add(new NewObject(place.child("cn", kind.label()), kind, attributes(kind, setUp))));
        journal.note(place);
        directory.createAll(objects);
    }

    private static Map<String, List<String>> attributes(Kind agent, SetUp setUp) {
        var attributes = new HashMap<>(agent.initial());
        if (!setUp.verifyAddresses()) {
            attributes.remove(VERIFY);
        }
        return attributes;
    }

    // A certificate nobody else vouches for is still better than passwords in plain text.
    private Map<String, List<String>> tls(SetUp setUp) {
        var names = new LinkedHashSet<>(List.of(setUp.officialDomain()));
        hostName(setUp).ifPresent(names::add);
        Certified certified = new Issue(List.copyOf(names)).selfSigned(KeyKind.EC.make(), clock.instant(), CERTIFICATE);
        String secret = directory
                .read(directory.internetServices())
                .flatMap(services -> services.value(SECRET))
                .orElseThrow();
        var key =
                new Seal(secret).close(certified.key(), certified.chain().own().getPublicKey());
        return Map.of(
                "posthouseTls", List.of("TRUE"),
                "posthouseCertificate", List.of(certified.chain().toString()),
                "posthousePrivateKey", List.of(key.toString()));
    }

    private static Optional<DomainName> hostName(SetUp setUp) {
        try {
            return Optional.of(new DomainName(setUp.hostName()));
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
    }

    private Place ensure(NewObject object) {
        if (directory.read(object.place()).isEmpty()) {
            journal.note(object.place());
            directory.create(object);
        }
        return object.place();
    }
}
