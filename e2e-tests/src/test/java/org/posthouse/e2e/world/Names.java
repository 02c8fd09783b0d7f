package org.posthouse.e2e.world;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/** A small authoritative name server: every host name is 127.0.0.1. It remembers what it was asked. */
public final class Names implements AutoCloseable {

    private final DatagramSocket socket;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Record> announced = new CopyOnWriteArrayList<>();

    /** Listens on port 53 of an own loopback address, since a Resolver has no port. */
    public Names(String address) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 53));
        Thread.ofVirtual().start(this::serve);
    }

    /** Announces the key of a TLS service by its SHA-256 (TLSA 3 1 1), and from now on vouches for whatever it says. */
    public Names announces(String host, int port, byte[] key) throws IOException {
        Name service = Name.fromString("_" + port + "._tcp." + host + ".");
        announced.add(new TLSARecord(service, DClass.IN, 60, 3, 1, 1, key));
        return this;
    }

    /** The names asked for. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve() {
        byte[] room = new byte[1024];
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(room, room.length);
                socket.receive(packet);
                byte[] answer = answer(new Message(Arrays.copyOf(packet.getData(), packet.getLength())))
                        .toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                asked.add("(closed)");
            }
        }
    }

    private Message answer(Message query) throws IOException {
        Record question = query.getQuestion();
        asked.add(question.getName().toString());
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        answer.addRecord(question, Section.QUESTION);
        if (!announced.isEmpty()) {
            answer.getHeader().setFlag(Flags.AD);
        }
        announced.stream()
                .filter(record -> record.getType() == question.getType()
                        && record.getName().equals(question.getName()))
                .forEach(record -> answer.addRecord(record, Section.ANSWER));
        if (question.getType() == Type.A) {
            answer.addRecord(
                    new ARecord(question.getName(), DClass.IN, 60, InetAddress.ofLiteral("127.0.0.1")), Section.ANSWER);
        }
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
