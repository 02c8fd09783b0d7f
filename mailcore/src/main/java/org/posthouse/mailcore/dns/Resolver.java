package org.posthouse.mailcore.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.posthouse.mailcore.dns.Questions.Found;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Looks up mail hosts and addresses.
 *
 * <p>It asks the servers given, in their order, the next one when one fails; with none given, the servers of its own host.
 * The list is taken anew for each question, so a change of Resolver(s) is obeyed at once. Answers are remembered as long
 * as they say. RFC 1035, RFC 5321 5.1, RFC 7505; what can be trusted of them, RFC 7672 2.
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
        this(servers, port, Questions::isLoopback, clock);
    }

    /** Takes which of the servers are on this very host: for tests, where all are. */
    Resolver(Supplier<List<IpAddress>> servers, int port, Predicate<InetSocketAddress> here, Clock clock) {
        questions = new Questions(servers, port, here, clock);
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
        Found<MXRecord> found = questions.ask(name, Type.MX, MXRecord.class);
        for (MXRecord record : found.records()) {
            if (record.getTarget().equals(Name.root)) {
                refuses = true;
            } else {
                hosts.add(new MailHost(record.getPriority(), record.getTarget().toString(true), found.secure()));
            }
        }
        if (hosts.isEmpty() && refuses) {
            throw new NotFound(domain + " does not accept mail", true);
        }
        if (hosts.isEmpty()) {
            addresses(domain.ascii());
            return List.of(new MailHost(0, domain.ascii(), found.secure()));
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
        for (ARecord record : questions.ask(name, Type.A, ARecord.class).records()) {
            found.add(record.getAddress());
        }
        for (AAAARecord record :
                questions.ask(name, Type.AAAA, AAAARecord.class).records()) {
            if (!(record.getAddress() instanceof Inet4Address)) {
                found.add(record.getAddress());
            }
        }
        if (found.isEmpty()) {
            throw new NotFound(host + " has no address");
        }
        return List.copyOf(found);
    }

    /**
     * What the owner of a host publishes about its certificate for a TCP service, when the DNS vouches for it.
     *
     * <p>Empty when there is nothing, and for a host whose addresses lie in a zone that is not signed: servers of such
     * zones may not know TLSA at all (RFC 7672 2.2.3). Where the host is an alias, what stands at its target comes first
     * (RFC 7672 2.2.3).
     *
     * @throws TryAgain when no server answers, or what was answered is bogus: then nobody knows whether there is something
     */
    public Optional<Associations> associations(String host, int port) {
        if (isLiteral(host)) {
            return Optional.empty();
        }
        try {
            return bases(name(host)).stream()
                    .flatMap(base -> associations(base, port).stream())
                    .findFirst();
        } catch (NotFound gone) {
            return Optional.empty();
        }
    }

    private static boolean isLiteral(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    private List<Name> bases(Name host) {
        Found<ARecord> four = questions.ask(host, Type.A, ARecord.class);
        Found<? extends Record> addresses =
                four.records().isEmpty() ? questions.ask(host, Type.AAAA, AAAARecord.class) : four;
        Name target = addresses.records().isEmpty()
                ? host
                : addresses.records().getFirst().getName();
        if (target.equals(host)) {
            return addresses.secure() ? List.of(host) : List.of();
        }
        if (addresses.secure()) {
            return List.of(target, host);
        }
        // A signed alias of something unsigned: only who owns the alias can say something.
        return questions.ask(host, Type.CNAME, CNAMERecord.class).secure() ? List.of(host) : List.of();
    }

    private Optional<Associations> associations(Name base, int port) {
        try {
            Name service = Name.concatenate(Name.fromString("_" + port + "._tcp"), base);
            Found<TLSARecord> found = questions.ask(service, Type.TLSA, TLSARecord.class);
            return found.secure() && !found.records().isEmpty()
                    ? Optional.of(new Associations(
                            base.toString(true),
                            found.records().stream().map(Tlsa::of).toList()))
                    : Optional.empty();
        } catch (NotFound | TextParseException | NameTooLongException nothing) {
            return Optional.empty();
        }
    }

    /**
     * The texts of a name, the strings of each put together (RFC 1035 3.3.14); empty when there is none.
     *
     * @throws TryAgain when no server answers
     */
    public List<String> texts(String host) {
        try {
            return questions.ask(name(host), Type.TXT, TXTRecord.class).records().stream()
                    .map(record -> String.join("", record.getStrings()))
                    .toList();
        } catch (NotFound nothing) {
            return List.of();
        }
    }

    private static Name name(String host) {
        try {
            // Names of services, such as _mta-sts.example.com, are ASCII but not host names.
            boolean ascii = host.chars().allMatch(c -> c < 0x80);
            return Name.fromString(ascii ? host : new DomainName(host).ascii(), Name.root);
        } catch (TextParseException | IllegalArgumentException malformed) {
            throw new NotFound(host + " is not a host name");
        }
    }
}
