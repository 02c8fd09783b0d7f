package org.posthouse.mailcore.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.posthouse.schema.value.IpAddress;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/**
 * Puts single questions to the servers, one after the other, follows aliases, and remembers the answers.
 *
 * <p>An answer is secure when a server on this very host says by its AD bit that it has validated it (RFC 7672 2.1.3):
 * the bit of any other server could have been set by whoever stands in between. Once a server here has shown that it
 * validates, no server elsewhere is asked after it has failed, or keeping its answers away would be enough to get an
 * insecure one instead.
 */
final class Questions {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ROUNDS = 2;
    private static final int ALIASES = 8;
    // RFC 2308 5: a negative answer is kept for one to three hours at most; shorter here, so that a mended name works
    // soon.
    private static final long NEGATIVE = 300;
    private static final long LONGEST = 86_400;
    // What passes everywhere without fragments, as DNS servers have agreed.
    private static final int DATAGRAM = 1232;

    private final Supplier<List<IpAddress>> servers;
    private final int port;
    private final Predicate<InetSocketAddress> here;
    private final Clock clock;
    private final Cache<Key, Answer> memory =
            Caffeine.newBuilder().maximumSize(10_000).build();

    private final Set<InetSocketAddress> validating = ConcurrentHashMap.newKeySet();

    private record Key(Name name, int type) {}

    /** Records that answer; or an alias to ask for instead; or nothing, and whether the name exists at all. */
    private record Answer(List<Record> records, boolean exists, boolean secure, Instant until) {}

    private record Heard(Message message, boolean secure) {}

    /**
     * What there is of one type.
     *
     * @param records under the name that all aliases lead to; may be empty
     * @param secure whether the DNS vouches for it and for every alias on the way
     */
    record Found<R extends Record>(List<R> records, boolean secure) {}

    /** Takes which of the servers answer from this very host. */
    Questions(Supplier<List<IpAddress>> servers, int port, Predicate<InetSocketAddress> here, Clock clock) {
        this.here = here;
        this.servers = servers;
        this.port = port;
        this.clock = clock;
    }

    /** The records of one type; empty when the name has none. Throws NotFound for no such name, TryAgain. */
    <R extends Record> Found<R> ask(Name name, int type, Class<R> record) {
        Name asked = name;
        boolean secure = true;
        for (int alias = 0; alias < ALIASES; alias++) {
            Answer answer = answer(asked, type);
            secure &= answer.secure();
            if (!answer.exists()) {
                throw new NotFound(name.toString(true) + " does not exist");
            }
            List<R> found = answer.records().stream()
                    .filter(record::isInstance)
                    .map(record::cast)
                    .toList();
            if (!found.isEmpty() || answer.records().isEmpty()) {
                return new Found<>(found, secure);
            }
            asked = ((CNAMERecord) answer.records().getFirst()).getTarget();
        }
        throw new TryAgain(name.toString(true) + " leads through too many aliases");
    }

    private Answer answer(Name name, int type) {
        var key = new Key(name, type);
        Answer known = memory.getIfPresent(key);
        if (known != null && clock.instant().isBefore(known.until())) {
            return known;
        }
        Answer fresh = understood(name, type, put(name, type));
        memory.put(key, fresh);
        return fresh;
    }

    /** The first usable answer of any server. */
    private Heard put(Name name, int type) {
        var query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        String trouble = "no DNS server is configured";
        boolean held = false;
        for (int round = 0; round < ROUNDS; round++) {
            for (InetSocketAddress server : inForce()) {
                if (held && !here.test(server)) {
                    continue;
                }
                try {
                    Message answer = resolver(server).send(query);
                    int code = answer.getRcode();
                    if (code == Rcode.NOERROR || code == Rcode.NXDOMAIN) {
                        return new Heard(answer, vouches(server, answer));
                    }
                    trouble = server.getHostString() + " answered " + Rcode.string(code);
                } catch (IOException silent) {
                    trouble = server.getHostString() + " does not answer";
                }
                held |= validating.contains(server);
            }
        }
        throw new TryAgain("DNS: " + name.toString(true) + ": " + trouble);
    }

    private SimpleResolver resolver(InetSocketAddress server) {
        var resolver = new SimpleResolver(server);
        resolver.setTimeout(PATIENCE);
        if (here.test(server)) {
            // RFC 4035 3.2.1: whoever sets the DO bit is told whether the answer was validated.
            resolver.setEDNS(0, DATAGRAM, ExtendedFlags.DO);
        }
        return resolver;
    }

    private boolean vouches(InetSocketAddress server, Message answer) {
        boolean secure = here.test(server) && answer.getHeader().getFlag(Flags.AD);
        if (secure) {
            validating.add(server);
        }
        return secure;
    }

    static boolean isLoopback(InetSocketAddress server) {
        return server.getAddress() != null && server.getAddress().isLoopbackAddress();
    }

    private List<InetSocketAddress> inForce() {
        List<IpAddress> given = servers.get();
        if (given.isEmpty()) {
            return ResolverConfig.getCurrentConfig().servers();
        }
        return given.stream()
                .map(server -> new InetSocketAddress(server.address(), port))
                .toList();
    }

    /** Follows aliases within the answer itself, as recursive servers give them. */
    private Answer understood(Name name, int type, Heard heard) {
        Message message = heard.message();
        Name at = name;
        long life = LONGEST;
        var found = new ArrayList<Record>();
        for (int alias = 0; alias <= ALIASES && found.isEmpty(); alias++) {
            Name next = at;
            for (Record record : message.getSection(Section.ANSWER)) {
                if (record.getType() == type && record.getName().equals(at)) {
                    found.add(record);
                    life = Math.min(life, record.getTTL());
                } else if (record instanceof CNAMERecord cname
                        && record.getName().equals(at)) {
                    next = cname.getTarget();
                    life = Math.min(life, record.getTTL());
                } else if (record instanceof DNAMERecord dname && at.subdomain(dname.getName())) {
                    next = renamed(at, dname);
                }
            }
            if (next.equals(at)) {
                break;
            }
            at = found.isEmpty() ? next : at;
        }
        boolean exists = message.getRcode() != Rcode.NXDOMAIN;
        if (found.isEmpty() && exists && !at.equals(name)) {
            found.add(new CNAMERecord(name, DClass.IN, life, at));
        }
        if (found.isEmpty()) {
            life = negativeLife(message);
        }
        return new Answer(
                List.copyOf(found), exists, heard.secure(), clock.instant().plusSeconds(life));
    }

    private static Name renamed(Name at, DNAMERecord dname) {
        try {
            return at.fromDNAME(dname);
        } catch (NameTooLongException impossible) {
            return at;
        }
    }

    private static long negativeLife(Message message) {
        long life = NEGATIVE;
        for (Record record : message.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa) {
                life = Math.min(life, Math.min(soa.getTTL(), soa.getMinimum()));
            }
        }
        return life;
    }
}
