package org.posthouse.mailcore.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.posthouse.mailcore.agent.ListeningPart;
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
import org.posthouse.schema.value.TrapDestination;

/** Tries for a console what is wanted and not yet saved, from where the agents of a server would do it. */
final class Trials {

    private static final String GOOD = "good";
    private static final String NONE = "none";
    private static final String SILENT = "silent";

    private final EngineOptions options;

    Trials(EngineOptions options) {
        this.options = options;
    }

    /**
     * Tries a value.
     *
     * @param trial what is tried
     * @param now the settings of the server
     * @param own where its SMTP Agent listens, the only one whose ports can be chosen
     * @param all where every agent of this engine listens, each with its name
     */
    Verdict of(Trial trial, Snapshot now, List<String> own, Map<String, String> all) {
        return switch (trial.about()) {
            case "port" -> port(Integer.parseInt(trial.value()), now, own, all);
            case "host" -> host(TrapDestination.of(trial.value()).host());
            case "resolver" -> new Verdict(resolver(new IpAddress(trial.value()), now), trial.value());
            case "route" -> route(new DomainName(trial.value()), now);
            case "domain" -> new Verdict(domain(new DomainName(trial.value()), now), trial.value());
            default -> throw new NotPossible("There is no trial of " + trial.about() + ".");
        };
    }

    // A port where the agent itself listens is not taken.
    private Verdict port(int port, Snapshot now, List<String> own, Map<String, String> all) {
        if (port == 0) {
            return new Verdict(GOOD, "0"); // Port 0 means that the agent does not listen.
        }
        int real = port + options.listening().portOffset();
        if (real > 65_535) {
            return new Verdict("forbidden", Integer.toString(real));
        }
        InetSocketAddress at = options.listening().at(now, port);
        String word = spellings(at).anyMatch(own::contains) ? GOOD : PortTrial.at(at);
        String agent = word.equals(GOOD)
                ? ""
                : spellings(at)
                        .filter(all::containsKey)
                        .map(all::get)
                        .findFirst()
                        .orElse("");
        return new Verdict(word, Integer.toString(real), agent);
    }

    // Who listens at a port of all addresses listens at it of each.
    private static Stream<String> spellings(InetSocketAddress at) {
        return Stream.of(at, new InetSocketAddress("0.0.0.0", at.getPort()), new InetSocketAddress("::", at.getPort()))
                .map(ListeningPart::text);
    }

    private static Verdict host(String host) {
        try {
            return new Verdict(GOOD, InetAddress.getByName(host).getHostAddress());
        } catch (UnknownHostException unknown) {
            return new Verdict("unknown", host);
        }
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
