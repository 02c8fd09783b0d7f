package org.posthouse.mailcore.relay.sts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.posthouse.mailcore.wire.Authorities;

/**
 * What a domain demands of whoever sends it mail (RFC 8461 3.2).
 *
 * @param mode how much it means it
 * @param hosts its mail hosts, in lower case; one may begin with {@code *.} for any one label
 * @param life how long it may be kept
 */
public record Policy(Mode mode, List<String> hosts, Duration life) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+");
    // RFC 8461 3.2: about a year.
    private static final long LONGEST = 31_557_600;
    private static final int MOST_HOSTS = 1000;

    /** How much a domain means its policy (RFC 8461 5). */
    public enum Mode {
        /** Mail waits rather than going to a host that does not meet it. */
        ENFORCE,
        /** What is wrong is to be noticed, and keeps no mail back. */
        TESTING,
        /** There is none any more. */
        NONE
    }

    /** A policy that says nothing, or not in the right form. */
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed(String why) {
            super(why, null, false, false);
        }
    }

    /** Takes a copy. */
    public Policy {
        hosts = List.copyOf(hosts);
    }

    /** Reads one. What is not known is passed over; of what may stand once, the first counts. Throws Malformed. */
    public static Policy of(String text) {
        var fields = new LinkedHashMap<String, String>();
        var hosts = new ArrayList<String>();
        for (String line : text.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon < 0 && !line.isBlank()) {
                throw new Malformed("has a line that is no field");
            }
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (name.equals("mx")) {
                hosts.add(host(value));
            } else {
                fields.putIfAbsent(name, value);
            }
        }
        return of(fields, hosts);
    }

    private static Policy of(Map<String, String> fields, List<String> hosts) {
        if (!"STSv1".equals(fields.get("version"))) {
            throw new Malformed("is not of version STSv1");
        }
        Mode mode = mode(fields.getOrDefault("mode", ""));
        if (hosts.isEmpty() && mode != Mode.NONE) {
            throw new Malformed("names no mail host");
        }
        if (hosts.size() > MOST_HOSTS) {
            throw new Malformed("names too many mail hosts");
        }
        String life = fields.getOrDefault("max_age", "");
        if (!NUMBER.matcher(life).matches()) {
            throw new Malformed("has no max_age");
        }
        return new Policy(mode, hosts, Duration.ofSeconds(Math.min(Long.parseLong(life), LONGEST)));
    }

    private static Mode mode(String value) {
        return switch (value) {
            case "enforce" -> Mode.ENFORCE;
            case "testing" -> Mode.TESTING;
            case "none" -> Mode.NONE;
            default -> throw new Malformed("has no mode that is known");
        };
    }

    private static String host(String value) {
        String host = value.toLowerCase(Locale.ROOT);
        if (host.length() > 255 || !HOST.matcher(host).matches()) {
            throw new Malformed("names a mail host that is no host name");
        }
        return host;
    }

    /** Whether it names a host (RFC 8461 4.1). */
    public boolean names(String host) {
        return hosts.stream().anyMatch(pattern -> Authorities.covers(pattern, host));
    }
}
