package org.posthouse.webadmin.advice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.pulse.Pulse;

/**
 * Where the mail of domains goes, by DNS. No page waits for it: who asks for the first time learns nothing yet, and the
 * answer is there when the page looks again. The JDK's own resolver asks, two seconds at most for each server.
 */
@ApplicationScoped
public class Routes {

    private static final Duration KNOWN_FOR = Duration.ofMinutes(5);
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(1);
    private static final int LARGEST = 2_000;

    private record Question(Place server, DomainName domain, List<IpAddress> resolvers) {}

    private record Answer(Route route, Instant asked, boolean underway) {}

    @Inject
    private Installed installed;

    @Inject
    private Pulse pulse;

    private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

    /** What is known by now, asked of the server's Resolver(s), or of those of the console's host where there are none. */
    public Route route(MessagingServer server, DomainName domain) {
        var question =
                new Question(server.place(), domain, server.identification().resolvers());
        Instant now = installed.clock().instant();
        if (answers.size() > LARGEST) {
            answers.clear();
        }
        Answer known = answers.compute(question, (key, before) -> {
            if (before != null && (before.underway() || isFresh(before, now))) {
                return before;
            }
            Route last = before == null ? Route.UNKNOWN : before.route();
            Thread.ofVirtual()
                    .name("route of " + domain)
                    .start(() -> answers.put(
                            key, new Answer(ask(key), installed.clock().instant(), false)));
            return new Answer(last, now, true);
        });
        return known.route();
    }

    private static boolean isFresh(Answer answer, Instant now) {
        Duration good = answer.route().state() == Route.State.UNKNOWN ? UNKNOWN_FOR : KNOWN_FOR;
        return answer.asked().plus(good).isAfter(now);
    }

    private Route ask(Question question) {
        try {
            var dns = new InitialDirContext(environment(question.resolvers()));
            try {
                return ask(dns, question.domain().ascii(), question.server());
            } finally {
                dns.close();
            }
        } catch (NamingException silent) {
            return Route.UNKNOWN;
        }
    }

    @SuppressWarnings("JdkObsolete") // JNDI takes nothing else
    private static Hashtable<String, String> environment(List<IpAddress> resolvers) {
        var environment = new Hashtable<String, String>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put(
                "java.naming.provider.url",
                resolvers.isEmpty()
                        ? "dns:"
                        : resolvers.stream().map(Routes::url).collect(Collectors.joining(" ")));
        environment.put("com.sun.jndi.dns.timeout.initial", "2000");
        environment.put("com.sun.jndi.dns.timeout.retries", "1");
        return environment;
    }

    private static String url(IpAddress server) {
        String text = server.toString();
        return "dns://" + (text.contains(":") ? "[" + text + "]" : text) + "/";
    }

    // RFC 5321 5.1: a domain without MX takes mail at its own address; for advice that counts as no record.
    private Route ask(DirContext dns, String domain, Place server) throws NamingException {
        List<String> hosts = values(dns, domain, "MX").stream()
                .map(record -> record.split("\\s+", 2))
                .filter(record -> record.length == 2 && !record[1].equals("."))
                .sorted(Comparator.comparingInt(record -> Integer.parseInt(record[0])))
                .map(record -> record[1].replaceFirst("\\.$", ""))
                .toList();
        if (hosts.isEmpty()) {
            return new Route(Route.State.NONE, hosts);
        }
        for (String host : hosts) {
            for (String address : addresses(dns, host)) {
                Optional<Boolean> here = pulse.hasAddress(server, address);
                if (here.isEmpty() || here.get()) {
                    return here.isEmpty() ? Route.UNKNOWN : new Route(Route.State.HERE, hosts);
                }
            }
        }
        return new Route(Route.State.ELSEWHERE, hosts);
    }

    private static List<String> addresses(DirContext dns, String host) throws NamingException {
        var addresses = new ArrayList<>(values(dns, host, "A"));
        addresses.addAll(values(dns, host, "AAAA"));
        return addresses;
    }

    // Text records alone are read here; no object is ever built from them.
    @SuppressWarnings("BanJNDI")
    private static List<String> values(DirContext dns, String name, String type) throws NamingException {
        try {
            Attribute found = dns.getAttributes(name, new String[] {type}).get(type);
            return found == null
                    ? List.of()
                    : Collections.list(found.getAll()).stream()
                            .map(String::valueOf)
                            .toList();
        } catch (NameNotFoundException none) {
            return List.of();
        }
    }
}
