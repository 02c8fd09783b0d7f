package org.posthouse.webadmin.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.panel.SmtpOptions;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.advice.Advice.What;
import org.posthouse.webadmin.pulse.Board;

/** Says what is to be done next. */
public final class Adviser {

    /** The agents that every messaging server needs to take, keep, and hand out mail. */
    public static final List<Kind> NEEDED = Kind.agents().stream()
            .filter(kind -> kind.agentType().isSuggested())
            .toList();
    // Each is a question to a resolver now and then.
    private static final int DOMAINS = 20;

    private final Function<Place, Optional<Board.Server>> seen;
    private final BiFunction<MessagingServer, DomainName, Route> routes;

    /**
     * An adviser.
     *
     * @param seen what its engine says of a server
     * @param routes where a domain's mail goes, as far as is known by now; asked by the server's own Resolver(s)
     */
    public Adviser(
            Function<Place, Optional<Board.Server>> seen, BiFunction<MessagingServer, DomainName, Route> routes) {
        this.seen = seen;
        this.routes = routes;
    }

    /** All steps, the most urgent first. */
    public List<Advice> advice(Tree tree, boolean secure) {
        var all = new ArrayList<Advice>();
        if (tree.servers().isEmpty() && tree.broken().isEmpty()) {
            all.add(new Advice(
                    What.SERVER, List.of(), Optional.empty(), Optional.of(Kind.MESSAGING_SERVER), "", false, ""));
        }
        tree.servers().forEach(server -> all.addAll(of(tree, server)));
        if (!secure) {
            all.add(new Advice(What.HTTPS, List.of(), Optional.empty(), Optional.empty(), "", true, ""));
        }
        all.sort(Comparator.comparing(Advice::what));
        return all;
    }

    private List<Advice> of(Tree tree, MessagingServer server) {
        return Stream.of(
                        agents(tree, server),
                        disabled(server),
                        certificate(server),
                        postmaster(server),
                        domains(server),
                        listening(server))
                .flatMap(part -> part)
                .toList();
    }

    private static Stream<Advice> agents(Tree tree, MessagingServer server) {
        return NEEDED.stream()
                .filter(kind -> tree.entry(server.place().child(kind.naming(), kind.label()))
                        .isEmpty())
                .map(kind -> new Advice(
                        What.AGENT,
                        List.of(kind, server.name()),
                        Optional.of(server.place()),
                        Optional.of(kind),
                        "",
                        true,
                        ""));
    }

    private static Stream<Advice> disabled(MessagingServer server) {
        return server.agents().values().stream()
                .filter(agent -> !agent.enabled())
                .map(agent -> new Advice(
                        What.DISABLED,
                        List.of(agent.kind(), server.name()),
                        Optional.of(agent.place()),
                        Optional.empty(),
                        "agent-status",
                        true,
                        Long.toString(agent.revision())));
    }

    private Stream<Advice> certificate(MessagingServer server) {
        ServerSecurity security = server.security();
        if (security.certificate().isEmpty()) {
            return Stream.of(secured(What.CERTIFICATE, server, List.of(server.name()), true, ""));
        }
        // What expires is in the list of what needs attention.
        return security.sslAndTls()
                ? Stream.of()
                : Stream.of(secured(What.TLS, server, List.of(server.name()), true, ""));
    }

    private static Advice secured(
            What what, MessagingServer server, List<Object> values, boolean optional, String state) {
        return new Advice(
                what, values, Optional.of(server.place()), Optional.empty(), "server-security", optional, state);
    }

    // RFC 5321 4.5.1: reports of trouble go there; who never looks does not learn of it.
    private Stream<Advice> postmaster(MessagingServer server) {
        Place who = server.identification().postmaster();
        return seen.apply(server.place()).flatMap(Board.Server::postmaster).stream()
                .filter(mailbox -> mailbox.opened().isEmpty())
                .map(never -> new Advice(
                        What.POSTMASTER,
                        List.of(who.leaf(), server.name()),
                        Optional.of(who),
                        Optional.empty(),
                        "",
                        true,
                        server.name()));
    }

    private Stream<Advice> domains(MessagingServer server) {
        Optional<Agent> smtp = server.agent(Kind.SMTP_AGENT);
        if (smtp.isEmpty()) {
            return Stream.of();
        }
        SmtpIdentification page = smtp.get().page(SmtpIdentification.class);
        return Stream.of(
                        Stream.of(server.identification().officialDomain()),
                        page.globalDomains().stream(),
                        page.hostingDomains().stream())
                .flatMap(domains -> domains)
                .distinct()
                .limit(DOMAINS)
                .flatMap(domain -> domain(server, smtp.get(), domain).stream());
    }

    private Optional<Advice> domain(MessagingServer server, Agent smtp, DomainName domain) {
        Route route = routes.apply(server, domain);
        return switch (route.state()) {
            case UNKNOWN, HERE -> Optional.empty();
            case NONE -> Optional.of(routed(What.MX_NONE, smtp, List.of(domain.toString(), server.name()), route));
            case ELSEWHERE ->
                Optional.of(routed(
                        What.MX_ELSEWHERE,
                        smtp,
                        List.of(domain.toString(), String.join(", ", route.hosts()), server.name()),
                        route));
        };
    }

    private static Advice routed(What what, Agent smtp, List<Object> values, Route route) {
        return new Advice(
                what,
                values,
                Optional.of(smtp.place()),
                Optional.empty(),
                "smtp-identification",
                true,
                values.getFirst() + " " + route.hosts());
    }

    private Stream<Advice> listening(MessagingServer server) {
        List<Board.Agent> agents =
                seen.apply(server.place()).map(Board.Server::agents).orElse(List.of());
        List<String> all =
                agents.stream().flatMap(agent -> agent.listening().stream()).toList();
        var found = Stream.<Advice>builder();
        if (!all.isEmpty() && all.stream().allMatch(Adviser::isLoopback)) {
            found.add(status(What.LOOPBACK, server, List.of(server.name()), ""));
        }
        offset(server, agents)
                .ifPresent(offset ->
                        found.add(status(What.OFFSET, server, List.of(server.name(), offset), Long.toString(offset))));
        return found.build();
    }

    private static Advice status(What what, MessagingServer server, List<Object> values, String state) {
        return new Advice(what, values, Optional.of(server.place()), Optional.empty(), "server-status", true, state);
    }

    private static boolean isLoopback(String listening) {
        return listening.startsWith("127.")
                || listening.startsWith("[::1]")
                || listening.startsWith("[0:0:0:0:0:0:0:1]");
    }

    private static Optional<Long> offset(MessagingServer server, List<Board.Agent> agents) {
        Optional<Integer> wanted = server.agent(Kind.SMTP_AGENT)
                .map(smtp -> smtp.page(SmtpOptions.class).port());
        return agents.stream()
                .filter(agent -> agent.kind() == Kind.SMTP_AGENT)
                .flatMap(agent -> agent.listening().stream())
                .map(at -> Long.parseLong(at.substring(at.lastIndexOf(':') + 1)))
                .sorted()
                .findFirst()
                .flatMap(port -> wanted.map(set -> port - set))
                .filter(offset -> offset != 0);
    }
}
