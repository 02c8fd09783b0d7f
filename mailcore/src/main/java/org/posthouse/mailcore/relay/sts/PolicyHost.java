package org.posthouse.mailcore.relay.sts;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.posthouse.mailcore.dns.DnsException;
import org.posthouse.mailcore.dns.Resolver;
import org.posthouse.mailcore.wire.AnyCertificate;
import org.posthouse.mailcore.wire.Authorities;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Limits;
import org.posthouse.mailcore.wire.WireException;

/**
 * Asks a domain's policy host for its policy (RFC 8461 3.3): by HTTP/1.1 over TLS (RFC 9112), where the server's own
 * Resolver(s) find it. One plain answer is taken and no other: no redirection, nothing packed, nothing large, nothing
 * slow. Java's own client is not used, because it asks the resolver of the machine.
 */
public final class PolicyHost {

    /** Where policies are asked for. */
    public static final int HTTPS_PORT = 443;

    private static final int LARGEST = 64 << 10;
    private static final int LINE = 8192;
    private static final int MOST_HEADERS = 100;
    private static final int ADDRESSES = 2;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Resolver dns;
    private final int port;
    private final Authorities trusted;
    private final Limits limits;

    /** Why there is no policy to be had, in words for the log. */
    static final class Unfetched extends Exception {
        private static final long serialVersionUID = 1;

        Unfetched(String why) {
            super(why, null, false, false);
        }
    }

    private record Head(int status, Map<String, String> fields) {
        String field(String name) {
            return fields.getOrDefault(name, "").toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Asks at a port.
     *
     * @param trusted who must vouch for the policy host
     * @param patience how long all of an answer may take
     */
    public PolicyHost(Resolver dns, int port, Authorities trusted, Duration patience) {
        this.dns = dns;
        this.port = port;
        this.trusted = trusted;
        this.limits = new Limits(1, 1, patience, patience);
    }

    /** The text of the policy that a domain has now. */
    String fetch(String domain) throws Unfetched {
        String host = "mta-sts." + domain;
        String trouble = host + " has no address";
        for (InetAddress address : addresses(host)) {
            try (Connection connection = Connection.dial(new InetSocketAddress(address, port), null, CONNECT, limits)) {
                return ask(connection, host);
            } catch (WireException broken) {
                trouble = host + ": " + broken.getMessage();
            }
        }
        throw new Unfetched(trouble);
    }

    private List<InetAddress> addresses(String host) throws Unfetched {
        try {
            return dns.addresses(host).stream().limit(ADDRESSES).toList();
        } catch (DnsException nowhere) {
            throw new Unfetched(String.valueOf(nowhere.getMessage()));
        }
    }

    private String ask(Connection connection, String host) throws Unfetched {
        connection.startTls(AnyCertificate.taken(), host);
        var shown = connection.certificates();
        var objection = trusted.objection(shown).or(() -> Authorities.strangerTo(shown.getFirst(), Set.of(host)));
        if (objection.isPresent()) {
            throw new Unfetched(host + ": " + objection.get());
        }
        connection.send("GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: " + host
                + "\r\nAccept: text/plain\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n");
        Head head = head(connection);
        check(host, head);
        return new String(body(connection, host, head), StandardCharsets.UTF_8);
    }

    private static Head head(Connection connection) throws Unfetched {
        String[] status = connection.line(LINE).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[0-9]{3}")) {
            throw new Unfetched("what answers there does not speak HTTP");
        }
        var fields = new HashMap<String, String>();
        for (int count = 0; count < MOST_HEADERS; count++) {
            String line = connection.line(LINE);
            if (line.isEmpty()) {
                return new Head(Integer.parseInt(status[1]), fields);
            }
            int colon = Math.max(0, line.indexOf(':'));
            fields.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        throw new Unfetched("a head without end");
    }

    private static void check(String host, Head head) throws Unfetched {
        if (head.status() != 200) {
            throw new Unfetched(host + " answers " + head.status());
        }
        String type = head.field("content-type").split(";", 2)[0].strip();
        if (!type.equals("text/plain")) {
            throw new Unfetched(host + " answers with something that is not text/plain");
        }
        if (!head.field("content-encoding").isEmpty()
                && !head.field("content-encoding").equals("identity")) {
            throw new Unfetched(host + " answers with something packed");
        }
    }

    private static byte[] body(Connection connection, String host, Head head) throws Unfetched {
        if (head.field("transfer-encoding").equals("chunked")) {
            return chunks(connection, host);
        }
        // Without a length nobody would notice that the end is missing, and with it perhaps a mail host.
        return connection.octets(length(host, head.field("content-length"), 10, 0));
    }

    private static byte[] chunks(Connection connection, String host) throws Unfetched {
        var whole = new ByteArrayOutputStream();
        while (true) {
            String size = connection.line(LINE).split(";", 2)[0].strip();
            int length = length(host, size, 16, whole.size());
            if (length == 0) {
                return whole.toByteArray();
            }
            whole.writeBytes(connection.octets(length));
            if (!connection.line(LINE).isEmpty()) {
                throw new Unfetched(host + " answers in pieces that do not fit");
            }
        }
    }

    private static int length(String host, String digits, int radix, int before) throws Unfetched {
        if (!digits.matches("[0-9A-Fa-f]{1,9}")) {
            throw new Unfetched(host + " does not say how long its answer is");
        }
        try {
            long length = Long.parseLong(digits, radix);
            if (length + before <= LARGEST) {
                return (int) length;
            }
        } catch (NumberFormatException notOfThisRadix) {
            throw new Unfetched(host + " does not say how long its answer is");
        }
        throw new Unfetched(host + " answers with more than 64 KB");
    }
}
