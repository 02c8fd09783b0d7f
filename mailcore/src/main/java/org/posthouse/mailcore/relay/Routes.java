package org.posthouse.mailcore.relay;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.posthouse.mailcore.agent.Surroundings;
import org.posthouse.mailcore.dns.MailHost;
import org.posthouse.mailcore.dns.NotFound;
import org.posthouse.mailcore.dns.TryAgain;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.wire.HostAddress;
import org.posthouse.schema.panel.SmtpOptions;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;

/**
 * Where mail for a domain is to be sent: the Mail Relay Host when there is one, else the domain's own mail hosts.
 *
 * <p>A host that is this server itself, and every host the domain likes no better, is left out (RFC 5321 5.1): a domain
 * whose DNS leads here though it is not served here would go in a circle.
 */
final class Routes {

    private static final int ADDRESSES = 8;

    private final Surroundings surroundings;
    private final int port;

    /** Takes the port of other mail hosts: 25, but for tests and laboratories. */
    Routes(Surroundings surroundings, int port) {
        this.surroundings = surroundings;
        this.port = port;
    }

    /** All ways lead back to this server. */
    static final class Circle extends RuntimeException {
        private static final long serialVersionUID = 1;

        Circle(String domain) {
            super("mail for " + domain + " leads back to this server, which does not serve it", null, false, false);
        }
    }

    /** The targets, best first, never empty. Throws NotFound, TryAgain and Circle. */
    List<Target> to(String domain, Snapshot snapshot) {
        SmtpOptions options = snapshot.page(Kind.SMTP_AGENT, SmtpOptions.class);
        String relay = options.relayHost();
        return relay.isEmpty() ? direct(domain, snapshot) : byRelay(relay, snapshot);
    }

    private List<Target> byRelay(String relay, Snapshot snapshot) {
        int bracket = relay.lastIndexOf(']');
        int colon = relay.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? relay : relay.substring(0, colon);
        int at = colon < 0 ? port : Integer.parseInt(relay.substring(colon + 1));
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int service = colon < 0 ? Relay.SMTP_PORT : at;
        return checked(relay, targets(bare, at, service, "", true), snapshot);
    }

    private List<Target> direct(String domain, Snapshot snapshot) {
        if (domain.startsWith("[") && domain.endsWith("]")) {
            String literal = domain.substring(1, domain.length() - 1);
            String bare = literal.regionMatches(true, 0, "IPv6:", 0, 5) ? literal.substring(5) : literal;
            return checked(domain, targets(bare, port, Relay.SMTP_PORT, "", false), snapshot);
        }
        DomainName named = named(domain);
        List<MailHost> hosts = surroundings.dns().mailHosts(named);
        var targets = new ArrayList<Target>();
        RuntimeException trouble = new NotFound("none of the mail hosts of " + domain + " has an address");
        for (MailHost host : hosts) {
            try {
                List<Target> some = targets(host.name(), port, Relay.SMTP_PORT, named.ascii(), host.secure());
                if (some.stream().anyMatch(target -> isOurs(target.address(), snapshot))) {
                    targets.removeIf(target -> preference(target, hosts) >= host.preference());
                    return checked(domain, targets, snapshot);
                }
                targets.addAll(some);
            } catch (TryAgain unknown) {
                trouble = unknown;
            } catch (NotFound without) {
                // Another one may have an address.
            }
        }
        if (targets.isEmpty()) {
            throw trouble;
        }
        return targets.subList(0, Math.min(ADDRESSES, targets.size()));
    }

    private static DomainName named(String domain) {
        try {
            return new DomainName(domain);
        } catch (IllegalArgumentException malformed) {
            throw new NotFound(domain + " is not a domain name");
        }
    }

    private static int preference(Target target, List<MailHost> hosts) {
        return hosts.stream()
                .filter(host -> host.name().equals(target.host()))
                .mapToInt(MailHost::preference)
                .min()
                .orElse(0);
    }

    private List<Target> targets(String host, int at, int service, String domain, boolean vouched) {
        return surroundings.dns().addresses(host).stream()
                .map(address -> new Target(host, new InetSocketAddress(address, at), service, domain, vouched))
                .toList();
    }

    private List<Target> checked(String domain, List<Target> targets, Snapshot snapshot) {
        List<Target> others = targets.stream()
                .filter(target -> !isOurs(target.address(), snapshot))
                .toList();
        if (others.isEmpty()) {
            throw new Circle(domain);
        }
        return others;
    }

    private boolean isOurs(InetSocketAddress target, Snapshot snapshot) {
        SmtpOptions options = snapshot.page(Kind.SMTP_AGENT, SmtpOptions.class);
        InetSocketAddress own = surroundings.listening().at(snapshot, options.port());
        boolean here = own.getAddress().isAnyLocalAddress()
                ? HostAddress.isHere(target.getAddress())
                : own.getAddress().equals(target.getAddress());
        return here && target.getPort() == own.getPort();
    }
}
