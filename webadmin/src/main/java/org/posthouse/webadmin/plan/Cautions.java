package org.posthouse.webadmin.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.plan.Plan.About;
import org.posthouse.webadmin.plan.Plan.Warning;

/** Why what is saved may not be obeyed at once; told from the tree and the boards, without asking anybody. */
final class Cautions {

    private static final String HOST = "hostServer";

    private static final Set<String> DOMAINS = Set.of("globalDomains", "hostingDomains");

    private final Outlook outlook;
    private final Running running;
    private final List<Warning> warnings = new ArrayList<>();

    Cautions(Outlook outlook, Running running) {
        this.outlook = outlook;
        this.running = running;
    }

    /** All of them, for these messaging servers. */
    List<Warning> all(Set<Place> servers) {
        servers.forEach(place -> outlook.after().server(place).ifPresent(this::server));
        return warnings;
    }

    private void server(MessagingServer server) {
        engine(server);
        certificate(server);
        if (!server.status().enabled() && !isRunning(server.place())) {
            warn(server.place(), "", About.SERVER_DISABLED, server.name(), "");
        } else {
            outlook.changed().stream()
                    .filter(entry -> entry.kind().isAgent())
                    .filter(entry -> entry.place()
                            .parent()
                            .filter(server.place()::equals)
                            .isPresent())
                    .forEach(entry -> agent(server, entry));
        }
    }

    private void engine(MessagingServer server) {
        Place host = server.identification().hostServer();
        String silence = running.silences().get(host);
        if (outlook.moves(server)) {
            if (!"".equals(silence)) {
                About about = silence == null ? About.HOST_WITHOUT_ENGINE : About.HOST_SILENT;
                warn(server.place(), HOST, about, host.leaf(), server.name());
            }
            return;
        }
        if (running.server(server.place()).isPresent() || "".equals(silence)) {
            return;
        }
        warn(
                server.place(),
                "",
                silence == null ? About.NO_ENGINE : About.ENGINE_SILENT,
                host.leaf(),
                silence == null ? "" : silence);
    }

    // Mail programs compare the name they call with those of the certificate (RFC 9525).
    private void certificate(MessagingServer server) {
        Optional<MessagingServer> before = outlook.before().server(server.place());
        Optional<CertificateChain> former = before.flatMap(Cautions::certificateOf);
        certificateOf(server)
                .filter(chain -> !former.equals(Optional.of(chain))
                        || !before.map(Cautions::calledNames).equals(Optional.of(calledNames(server))))
                .ifPresent(chain -> calledNames(server)
                        .forEach((name, by) -> calledName(new CalledName(server, name, by), chain, former)));
    }

    private static Optional<CertificateChain> certificateOf(MessagingServer server) {
        ServerSecurity page = server.security();
        return page.certificate().filter(chain -> page.sslAndTls());
    }

    /** A name of a server by which a mail program may call it, and the option that has it. */
    private record CalledName(MessagingServer server, String name, String option) {}

    // A domain of mail addresses need not be the name of a host: it is one that counts when it was covered before.
    private void calledName(CalledName called, CertificateChain chain, Optional<CertificateChain> former) {
        boolean domain = DOMAINS.contains(called.option());
        boolean counts =
                !domain || former.filter(old -> old.covers(called.name())).isPresent();
        if (counts && !chain.covers(called.name())) {
            Place object = domain
                    ? called.server().agent(Kind.SMTP_AGENT).orElseThrow().place()
                    : called.server().place();
            warn(object, called.option(), About.NAME_NOT_COVERED, called.name(), names(chain));
        }
    }

    private static Map<String, String> calledNames(MessagingServer server) {
        var names = new LinkedHashMap<String, String>();
        names.put(server.identification().officialDomain().ascii(), "officialDomain");
        server.security().acmeNames().forEach(name -> names.putIfAbsent(name.ascii(), "acmeNames"));
        server.agent(Kind.SMTP_AGENT)
                .map(smtp -> smtp.page(SmtpIdentification.class))
                .ifPresent(page -> {
                    page.globalDomains().forEach(name -> names.putIfAbsent(name.ascii(), "globalDomains"));
                    page.hostingDomains().forEach(name -> names.putIfAbsent(name.ascii(), "hostingDomains"));
                });
        return names;
    }

    private static String names(CertificateChain chain) {
        return chain.names().isEmpty()
                ? chain.own().getSubjectX500Principal().getName()
                : String.join(", ", chain.names());
    }

    private void agent(MessagingServer server, Entry entry) {
        Kind kind = entry.kind();
        boolean disabled = server.agent(kind).filter(agent -> !agent.enabled()).isPresent();
        boolean runs = running.agent(server.place(), entry.place())
                .filter(state -> state.obedience().state() == State.RUNNING)
                .isPresent();
        if (disabled && !runs) {
            warn(entry.place(), "", About.AGENT_DISABLED, entry.name(), "");
        }
    }

    private boolean isRunning(Place server) {
        return running.server(server)
                .filter(state -> state.obedience().state().isUp())
                .isPresent();
    }

    private void warn(Place object, String option, About about, String value, String reason) {
        warnings.add(new Warning(object, option, about, value, reason));
    }
}
