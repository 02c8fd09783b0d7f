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
import java.util.function.Supplier;
import org.posthouse.schema.value.IpAddress;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/** Puts single questions to the servers, one after the other, follows aliases, and remembers the answers. */
final class Questions {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ROUNDS = 2;
    private static final int ALIASES = 8;
    // RFC 2308 5: a negative answer is kept for one to three hours at most; shorter here, so that a mended name works
    // soon.
    private static final long NEGATIVE = 300;
    private static final long LONGEST = 86_400;

    private final Supplier<List<IpAddress>> servers;
    private final int port;
    private final Clock clock;
    private final Cache<Key, Answer> memory =
            Caffeine.newBuilder().maximumSize(10_000).build();

    private record Key(Name name, int type) {}

    /** Records that answer; or an alias to ask for instead; or nothing, and whether the name exists at all. */
    private record Answer(List<Record> records, boolean exists, Instant until) {}

    Questions(Supplier<List<IpAddress>> servers, int port, Clock clock) {
        this.servers = servers;
        this.port = port;
        this.clock = clock;
    }

    /** The records of one type; empty when the name has none. Throws NotFound for no such name, TryAgain. */
    <R extends Record> List<R> ask(Name name, int type, Class<R> record) {
        Name asked = name;
        for (int alias = 0; alias < ALIASES; alias++) {
            Answer answer = answer(asked, type);
            if (!answer.exists()) {
                throw new NotFound(name.toString(true) + " does not exist");
            }
            List<R> found = answer.records().stream()
                    .filter(record::isInstance)
                    .map(record::cast)
                    .toList();
            if (!found.isEmpty() || answer.records().isEmpty()) {
                return found;
            }
            asked = ((CNAMERecord) answer.records().getFirst()).getTarget();
        }
        throw new TryAgain(name.toString(true) + " is an alias of too many aliases");
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
    private Message put(Name name, int type) {
        var query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        String trouble = "there is no DNS server to ask";
        for (int round = 0; round < ROUNDS; round++) {
            for (InetSocketAddress server : inForce()) {
                try {
                    var resolver = new SimpleResolver(server);
                    resolver.setTimeout(PATIENCE);
                    Message answer = resolver.send(query);
                    int code = answer.getRcode();
                    if (code == Rcode.NOERROR || code == Rcode.NXDOMAIN) {
                        return answer;
                    }
                    trouble = server.getHostString() + " answered " + Rcode.string(code);
                } catch (IOException silent) {
                    trouble = server.getHostString() + " does not answer";
                }
            }
        }
        throw new TryAgain("DNS: " + name.toString(true) + ": " + trouble);
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
    private Answer understood(Name name, int type, Message message) {
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
        return new Answer(List.copyOf(found), exists, clock.instant().plusSeconds(life));
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
