package org.posthouse.mailcore.engine;

import java.util.List;
import org.posthouse.mailcore.dns.MailHost;
import org.posthouse.mailcore.dns.NotFound;
import org.posthouse.mailcore.dns.Resolver;
import org.posthouse.mailcore.dns.TryAgain;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.status.Orders.NotPossible;
import org.posthouse.mailcore.status.Orders.Trial;
import org.posthouse.mailcore.status.Orders.Verdict;
import org.posthouse.mailcore.wire.HostAddress;
import org.posthouse.mailcore.wire.PortTrial;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;

/** Tries for a console what is wanted and not yet saved, from where the agents of a server would do it. */
final class Trials {

    private static final String GOOD = "good";
    private static final String NONE = "none";
    private static final String SILENT = "silent";

    private final EngineOptions options;

    Trials(EngineOptions options) {
        this.options = options;
    }

    Verdict of(Trial trial, Snapshot now) {
        return switch (trial.about()) {
            case "port" -> port(Integer.parseInt(trial.value()), now);
            case "resolver" -> new Verdict(resolver(new IpAddress(trial.value()), now), trial.value());
            case "route" -> route(new DomainName(trial.value()), now);
            case "domain" -> new Verdict(domain(new DomainName(trial.value()), now), trial.value());
            default -> throw new NotPossible("There is no trial of " + trial.about() + ".");
        };
    }

    private Verdict port(int port, Snapshot now) {
        if (port == 0) {
            return new Verdict(GOOD, "0"); // Port 0 means that the agent does not listen.
        }
        int real = port + options.listening().portOffset();
        String word =
                real > 65_535 ? "forbidden" : PortTrial.at(options.listening().at(now, port));
        return new Verdict(word, Integer.toString(real));
    }

    // What it says does not matter, only that it does: an answer that there is no such domain is one.
    private String resolver(IpAddress address, Snapshot now) {
        try {
            resolver(List.of(address)).mailHosts(now.server().identification().officialDomain());
            return GOOD;
        } catch (NotFound answered) {
            return GOOD;
        } catch (TryAgain silent) {
            return SILENT;
        }
    }

    private String domain(DomainName domain, Snapshot now) {
        try {
            return listed(own(now), domain).isEmpty() ? NONE : GOOD;
        } catch (TryAgain silent) {
            return SILENT;
        }
    }

    private Verdict route(DomainName domain, Snapshot now) {
        try {
            List<String> hosts = listed(own(now), domain);
            boolean here = hosts.stream().anyMatch(host -> isHere(own(now), host));
            return new Verdict(hosts.isEmpty() ? NONE : here ? "here" : "elsewhere", String.join(" ", hosts));
        } catch (TryAgain silent) {
            return new Verdict(SILENT, "");
        }
    }

    // RFC 5321 5.1: a domain without MX takes mail at its own address; that is what nobody decided.
    private static List<String> listed(Resolver resolver, DomainName domain) {
        try {
            return resolver.mailHosts(domain).stream()
                    .filter(host -> !host.name().equalsIgnoreCase(domain.ascii()) || host.preference() > 0)
                    .map(MailHost::name)
                    .toList();
        } catch (NotFound none) {
            return List.of();
        }
    }

    private static boolean isHere(Resolver resolver, String host) {
        try {
            return resolver.addresses(host).stream().anyMatch(HostAddress::isHere);
        } catch (NotFound nowhere) {
            return false;
        }
    }

    private Resolver own(Snapshot now) {
        return resolver(now.server().identification().resolvers());
    }

    private Resolver resolver(List<IpAddress> servers) {
        return new Resolver(() -> servers, options.outside().dnsPort(), options.clock());
    }
}
