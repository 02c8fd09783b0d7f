package org.posthouse.mailcore.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.posthouse.schema.value.IpAddress;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/** A real, small, authoritative DNS server on a loopback port. */
public final class NameServer implements AutoCloseable {

    private static final long LIFE = 300;

    public final AtomicInteger asked = new AtomicInteger();
    private final DatagramSocket socket;
    private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
    private final Set<Name> signed = Collections.synchronizedSet(new HashSet<>());
    private final Set<Name> failing = Collections.synchronizedSet(new HashSet<>());

    public NameServer() {
        this("127.0.0.1", 0);
    }

    /** At this address. */
    public NameServer(String address, int port) {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), port));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::serve);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** A resolver that asks this server alone. */
    public Resolver resolver() {
        return new Resolver(() -> List.of(new IpAddress("127.0.0.1")), port(), java.time.Clock.systemUTC());
    }

    public NameServer mx(String name, int preference, String target) {
        return add(new MXRecord(name(name), DClass.IN, LIFE, preference, name(target)));
    }

    public NameServer a(String name, String address) {
        return add(new ARecord(name(name), DClass.IN, LIFE, InetAddress.ofLiteral(address)));
    }

    public NameServer cname(String name, String target) {
        return add(new CNAMERecord(name(name), DClass.IN, LIFE, name(target)));
    }

    public NameServer txt(String name, String text) {
        return add(new TXTRecord(name(name), DClass.IN, LIFE, text));
    }

    public NameServer tlsa(String host, int usage, int selector, int matching, byte[] association) {
        return add(new TLSARecord(name("_25._tcp." + host), DClass.IN, LIFE, usage, selector, matching, association));
    }

    /** From now on it says that it has validated answers for this name and those below it. */
    public NameServer signed(String zone) {
        signed.add(name(zone));
        return this;
    }

    /** From now on there is nothing of this name. */
    public NameServer forgets(String name) {
        records.remove(name(name));
        return this;
    }

    /** From now on questions for this name end in SERVFAIL. */
    public NameServer fails(String name) {
        failing.add(name(name));
        return this;
    }

    private NameServer add(Record record) {
        records.computeIfAbsent(record.getName(), name -> new CopyOnWriteArrayList<>())
                .add(record);
        return this;
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[1500], 1500);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                asked.incrementAndGet();
                byte[] octets = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                byte[] answer = answer(new Message(octets)).toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closedOrMalformed) {
                asked.decrementAndGet();
            }
        }
    }

    private Message answer(Message query) {
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        Record question = query.getQuestion();
        answer.addRecord(question, Section.QUESTION);
        if (isSigned(question.getName())) {
            answer.getHeader().setFlag(Flags.AD);
        }
        List<Record> known = records.getOrDefault(question.getName(), List.of());
        if (failing.contains(question.getName())) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (known.isEmpty()) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        known.stream()
                .filter(record -> record.getType() == question.getType() || record instanceof CNAMERecord)
                .forEach(record -> answer.addRecord(record, Section.ANSWER));
        return answer;
    }

    private boolean isSigned(Name name) {
        synchronized (signed) {
            return signed.stream().anyMatch(name::subdomain);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
