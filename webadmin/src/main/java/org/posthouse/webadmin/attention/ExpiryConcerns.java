package org.posthouse.webadmin.attention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.posthouse.schema.licence.Licensing;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.pulse.Board;

/**
 * What expires, from 30 days before, or does not fit: certificates and licenses of servers, and the console's certificate.
 */
final class ExpiryConcerns {

    private static final Duration SOON = Duration.ofDays(30);
    private static final String SECURITY = "server-security";

    private final Function<Place, Optional<Board.Server>> seen;
    private final Function<MessagingServer, Licensing> licensing;
    private final Instant now;

    ExpiryConcerns(
            Function<Place, Optional<Board.Server>> seen, Function<MessagingServer, Licensing> licensing, Instant now) {
        this.seen = seen;
        this.licensing = licensing;
        this.now = now;
    }

    List<Concern> of(Tree tree) {
        return tree.servers().stream()
                .flatMap(server -> Stream.of(certificate(server), names(server), acme(server), license(server))
                        .flatMap(Optional::stream))
                .toList();
    }

    private Optional<Concern> certificate(MessagingServer server) {
        ServerSecurity security = server.security();
        Optional<Instant> end = security.certificate()
                .map(chain -> chain.own().getNotAfter().toInstant())
                .filter(this::isSoon);
        if (end.isEmpty()) {
            return Optional.empty();
        }
        boolean over = !end.get().isAfter(now);
        String key = !over ? "certificateExpires" : security.sslAndTls() ? "certificateExpired" : "certificateOver";
        return Optional.of(of(
                over && security.sslAndTls() ? Severity.NO_LOGIN : Severity.EXPIRING,
                key,
                server,
                List.of(server.name(), days(end.get()), end.get()),
                SECURITY));
    }

    // The Official Domain may be the name of the host that mail programs call, or the domain that the host is in.
    private static Optional<Concern> names(MessagingServer server) {
        ServerSecurity security = server.security();
        String domain = server.identification().officialDomain().ascii();
        return security.certificate()
                .filter(chain -> security.sslAndTls() && !chain.covers(domain))
                .filter(chain -> chain.names().stream()
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT).endsWith("." + domain)))
                .map(chain -> of(
                        Severity.EXPIRING,
                        "certificateName",
                        server,
                        List.of(server.name(), domain, String.join(", ", chain.names())),
                        SECURITY));
    }

    private Optional<Concern> acme(MessagingServer server) {
        return seen.apply(server.place())
                .flatMap(Board.Server::acme)
                .filter(acme -> acme.state().equals("failed"))
                .map(acme ->
                        of(Severity.EXPIRING, "acmeFailed", server, List.of(server.name(), acme.reason()), SECURITY));
    }

    private Optional<Concern> license(MessagingServer server) {
        Licensing found = licensing.apply(server);
        if (!found.valid()) {
            return Optional.of(of(
                    Severity.EXPIRING,
                    "licenseUnusable",
                    server,
                    List.of(server.name(), found.fault()),
                    "server-license"));
        }
        return found.daysLeft()
                .filter(days -> days <= Licensing.WARNING_DAYS)
                // The last day is included there, and is no whole day any more here.
                .map(days -> of(
                        Severity.EXPIRING,
                        "licenseExpires",
                        server,
                        List.of(server.name(), Math.max(0, days - 1)),
                        "server-license"));
    }

    /** The console's own certificate, which ends then. */
    Optional<Concern> console(Optional<Instant> end) {
        return end.filter(this::isSoon)
                .map(at -> Concern.on(
                        Severity.EXPIRING,
                        at.isAfter(now) ? "consoleExpires" : "consoleExpired",
                        List.of(days(at), at),
                        ""));
    }

    private boolean isSoon(Instant end) {
        return !end.isAfter(now.plus(SOON));
    }

    private long days(Instant end) {
        return Math.max(0, Duration.between(now, end).toDays());
    }

    private static Concern of(Severity severity, String key, MessagingServer server, List<Object> values, String page) {
        return Concern.at(severity, key, values, server.place(), Kind.MESSAGING_SERVER, page);
    }
}
