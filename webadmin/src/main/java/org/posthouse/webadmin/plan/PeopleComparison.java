package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.address.AccessChange;
import org.posthouse.schema.address.AccessComparison;
import org.posthouse.schema.address.Addressee;
import org.posthouse.schema.address.MailSystem;
import org.posthouse.schema.address.Population;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.licence.Licensing;
import org.posthouse.schema.panel.NmapContext;
import org.posthouse.schema.panel.NmapParameters;
import org.posthouse.schema.panel.ServerLicense;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.LicenceCheck;

/**
 * Compares who receives mail and can sign in before and after a plan. It reads the people of the directory only when the
 * plan touches what decides about them.
 */
final class PeopleComparison {

    private static final Set<Kind> PEOPLE = Set.of(Kind.USER, Kind.GROUP, Kind.ORGANIZATIONAL_ROLE, Kind.ALIAS);

    private final Directory directory;
    private final Outlook outlook;
    private final Running running;
    private final Map<Optional<?>, Licensing> licensing = new HashMap<>();

    PeopleComparison(Directory directory, Outlook outlook, Running running) {
        this.directory = directory;
        this.outlook = outlook;
        this.running = running;
    }

    /** What the plan does to people. Throws DirectoryException when the people cannot be read. */
    PeopleImpact impact(Set<Place> servers) {
        boolean settings = servers.stream().anyMatch(this::decides) || isSightChanged();
        Map<Place, Optional<Addressee>> people = people();
        boolean containers = outlook.removed().stream().anyMatch(this::isContainer);
        if (!settings && !containers && people.isEmpty()) {
            return PeopleImpact.NONE;
        }
        Population now = directory.population();
        var before = new MailSystem(outlook.before(), now, this::runs);
        var after = new MailSystem(outlook.after(), now.with(people), this::wouldRun);
        var comparison = new AccessComparison(before, after, guarded(now));
        var changes = new ArrayList<AccessChange>(
                settings || containers ? comparison.all() : comparison.about(Set.copyOf(people.keySet())));
        var lockedOut = new HashSet<>(comparison.lockedOut());
        List<PeopleImpact.Postmaster> postmasters = postmasters(before, after);
        postmasters.stream()
                .filter(each -> each.before().isPresent() && each.after().isEmpty())
                .flatMap(each -> each.before().stream())
                .forEach(lockedOut::add);
        if (!people.isEmpty()) {
            var administrators = new Administrators(outlook, directory.administrators());
            changes.addAll(administrators.signIns());
            lockedOut.addAll(administrators.dismissed());
        }
        changes.sort(Comparator.comparing(AccessChange::effect));
        return new PeopleImpact(
                changes,
                postmasters,
                lockedOut,
                new PeopleImpact.Basis(now.isComplete(), now.asOf(), Optional.of(sources(now))));
    }

    /** Whether everything is as it was when this was worked out of the same steps. Reads people only when it can be. */
    boolean isCurrent(PeopleImpact known) {
        return known.basis().complete()
                && known.basis()
                        .sources()
                        .filter(sources -> sources.areStill(sources(directory.population())))
                        .isPresent();
    }

    private Sources sources(Population population) {
        return new Sources(outlook.before(), population, running);
    }

    private boolean decides(Place server) {
        return !outlook.before()
                .server(server)
                .map(PeopleComparison::deciding)
                .equals(outlook.after().server(server).map(PeopleComparison::deciding));
    }

    // Everything of a messaging server that decides about somebody's mail or login.
    private static List<Object> deciding(MessagingServer server) {
        var page = server.identification();
        var all = new ArrayList<>(List.of(
                page.officialDomain(),
                page.distributedProcessing(),
                page.hostServer(),
                page.postmaster(),
                server.status().enabled(),
                server.status().ipAddress(),
                server.page(ServerLicense.class)));
        for (Kind kind : Kind.agents()) {
            all.add(server.agent(kind).map(Agent::enabled));
        }
        server.agent(Kind.NMAP_AGENT).ifPresent(nmap -> {
            all.add(nmap.page(NmapContext.class));
            all.add(nmap.page(NmapParameters.class).messageStore());
        });
        server.agent(Kind.SMTP_AGENT)
                .map(smtp -> smtp.page(SmtpIdentification.class))
                .ifPresent(smtp -> {
                    all.add(smtp.globalDomains());
                    all.add(smtp.hostingDomains());
                });
        return all;
    }

    // An alias in Internet Services shows a server that is elsewhere to the others.
    private boolean isSightChanged() {
        return Stream.concat(outlook.changed().stream().map(Entry::place), outlook.removed().stream())
                .anyMatch(place -> kind(place) == Kind.ALIAS
                        && place.parent()
                                .filter(directory.internetServices()::equals)
                                .isPresent());
    }

    private Kind kind(Place place) {
        return outlook.after(place)
                .or(() -> outlook.before(place))
                .map(Entry::kind)
                .orElse(Kind.UNKNOWN);
    }

    private boolean isContainer(Place gone) {
        return outlook.before(gone)
                .map(Entry::kind)
                .filter(kind -> kind.isContainer() && kind != Kind.MESSAGING_SERVER && !kind.isAgent())
                .isPresent();
    }

    private Map<Place, Optional<Addressee>> people() {
        var people = new HashMap<Place, Optional<Addressee>>();
        outlook.changed().stream()
                .filter(entry -> PEOPLE.contains(entry.kind()))
                .filter(entry -> !Addressee.of(entry)
                        .equals(outlook.before(entry.place()).flatMap(Addressee::of)))
                .forEach(entry -> people.put(entry.place(), Addressee.of(entry)));
        outlook.removed().stream()
                .filter(place -> PEOPLE.contains(kind(place)) || isContainer(place))
                .forEach(place -> people.put(place, Optional.empty()));
        return people;
    }

    private Set<Place> guarded(Population population) {
        var guarded = new HashSet<Place>();
        population.addressee(directory.administrators()).stream()
                .flatMap(group -> group.targets().stream())
                .flatMap(target -> Objections.place(target).stream())
                .forEach(guarded::add);
        outlook.before()
                .servers()
                .forEach(server -> guarded.add(server.identification().postmaster()));
        return guarded;
    }

    private List<PeopleImpact.Postmaster> postmasters(MailSystem before, MailSystem after) {
        var postmasters = new ArrayList<PeopleImpact.Postmaster>();
        Map<Place, Optional<Place>> was = before.postmasters();
        Map<Place, Optional<Place>> is = after.postmasters();
        was.forEach((server, user) -> {
            Optional<Place> now = is.getOrDefault(server, user);
            if (!now.equals(user)) {
                postmasters.add(new PeopleImpact.Postmaster(server, user, now));
            }
        });
        return postmasters;
    }

    private boolean isOn(MessagingServer server, Kind agent) {
        return MailSystem.isEnabled(server, agent) && !licensing(server).stops(agent);
    }

    private boolean runs(MessagingServer server, Kind agent) {
        return isOn(server, agent) || isStillUp(server, agent);
    }

    private boolean wouldRun(MessagingServer server, Kind agent) {
        return isOn(server, agent) ? isServed(server) : staysUp(server, agent);
    }

    // A disabled agent serves people until it stops. One that lets its last sessions end takes no new ones.
    private boolean isStillUp(MessagingServer server, Kind agent) {
        return server.agent(agent)
                .flatMap(each -> running.agent(server.place(), each.place()))
                .filter(state -> state.obedience().state() == State.RUNNING)
                .isPresent();
    }

    // What a plan turns off, moves to another host, or leaves without a license counts as stopped.
    private boolean staysUp(MessagingServer server, Kind agent) {
        return isStillUp(server, agent)
                && !licensing(server).stops(agent)
                && outlook.before()
                        .server(server.place())
                        .filter(before -> !isOn(before, agent))
                        .filter(before -> before.identification()
                                .hostServer()
                                .equals(server.identification().hostServer()))
                        .isPresent();
    }

    // Where no engine ever ran, nothing starts. What nothing is known of at all is taken to run.
    private boolean isServed(MessagingServer server) {
        Place host = server.identification().hostServer();
        boolean stays = outlook.before()
                .server(server.place())
                .filter(before -> before.identification().hostServer().equals(host))
                .isPresent();
        return stays || running.silences().isEmpty() || running.silences().containsKey(host);
    }

    private Licensing licensing(MessagingServer server) {
        var licence = server.page(ServerLicense.class).license();
        return licensing.computeIfAbsent(licence, any -> LicenceCheck.licensing(licence));
    }
}
