package org.posthouse.mailcore.dns;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Looks up mail hosts and addresses.
 *
 * <p>It asks the servers given, in their order, the next one when one fails; with none given, the servers of its own host.
 * The list is taken anew for each question, so a change of Resolver(s) is obeyed at once. Answers are remembered as long
 * as they say. RFC 1035, RFC 5321 5.1, RFC 7505.
 */
public final class Resolver {

    private static final int DNS_PORT = 53;

    private final Questions questions;

    /** Asks these servers at port 53. */
    public Resolver(Supplier<List<IpAddress>> servers, Clock clock) {
        this(servers, DNS_PORT, clock);
    }

    /** Asks these servers at another port: for tests and laboratories, where nobody may be root. */
    public Resolver(Supplier<List<IpAddress>> servers, int port, Clock clock) {
        questions = new Questions(servers, port, clock);
    }

    /**
     * The hosts that take mail for a domain, best first, equals in random order: its MX records, else the domain itself
     * when it has an address.
     *
     * @throws NotFound when the domain does not exist, has neither, or says that it takes no mail (null MX)
     * @throws TryAgain when no server answers
     */
    public List<MailHost> mailHosts(DomainName domain) {
        Name name = name(domain.ascii());
        var hosts = new ArrayList<MailHost>();
        boolean refuses = false;
        for (MXRecord record : questions.ask(name, Type.MX, MXRecord.class)) {
            if (record.getTarget().equals(Name.root)) {
                refuses = true;
            } else {
                hosts.add(new MailHost(record.getPriority(), record.getTarget().toString(true)));
            }
        }
        if (hosts.isEmpty() && refuses) {
            throw new NotFound(domain + " does not accept mail", true);
        }
        if (hosts.isEmpty()) {
            addresses(domain.ascii());
            return List.of(new MailHost(0, domain.ascii()));
        }
        Collections.shuffle(hosts);
        hosts.sort(Comparator.comparingInt(MailHost::preference));
        return List.copyOf(hosts);
    }

    /**
     * The addresses of a host, IPv4 first: its A and AAAA records, or the host itself when it is an address literal.
     *
     * @throws NotFound when it does not exist or has none
     * @throws TryAgain when no server answers
     */
    public List<InetAddress> addresses(String host) {
        try {
            return List.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            // A name, then.
        }
        Name name = name(host);
        var found = new ArrayList<InetAddress>();
        for (ARecord record : questions.ask(name, Type.A, ARecord.class)) {
            found.add(record.getAddress());
        }
        for (AAAARecord record : questions.ask(name, Type.AAAA, AAAARecord.class)) {
            if (!(record.getAddress() instanceof Inet4Address)) {
                found.add(record.getAddress());
            }
        }
        if (found.isEmpty()) {
            throw new NotFound(host + " has no address");
        }
        return List.copyOf(found);
    }

    private static Name name(String host) {
        try {
            return Name.fromString(IDN.toASCII(host, IDN.ALLOW_UNASSIGNED), Name.root);
        } catch (TextParseException | IllegalArgumentException malformed) {
            throw new NotFound(host + " is not a host name");
        }
    }
}
