package org.posthouse.mailcore.pop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.posthouse.mailcore.compute.ComputePool;
import org.posthouse.mailcore.compute.MemoryBudget;
import org.posthouse.mailcore.store.Folder;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.Message;
import org.posthouse.mailcore.store.TransitBuffer;
import org.posthouse.mailcore.wire.Connection;

/**
 * An inbox as it was at the login, with the messages that are to be deleted at the end. RFC 1939 5, 6.
 *
 * <p>Each command answers the client itself and returns "", or returns why it cannot be done.
 */
final class MailDrop {

    private static final String NO_SUCH = "There is no such message";
    // More messages than these are not gone over on the session's own thread.
    private static final int FEW = 250;

    private final Mailbox mailbox;
    private final Connection connection;
    private final Folder inbox;
    private final List<Message> messages;
    private final BitSet marked = new BitSet();

    MailDrop(Mailbox mailbox, Connection connection) {
        this.mailbox = mailbox;
        this.connection = connection;
        this.inbox = mailbox.folder(Folder.INBOX).orElseThrow();
        this.messages = mailbox.messages(inbox.id());
    }

    String account() {
        return mailbox.account();
    }

    /** How much there is, in words. */
    String total() {
        return counted(messages.size(), "message");
    }

    private static String counted(long number, String one) {
        return number + " " + (number == 1 ? one : one + "s");
    }

    String told(String text) {
        connection.send("+OK " + text + "\r\n");
        return "";
    }

    String stat() {
        long octets = 0;
        for (int at = marked.nextClearBit(0); at < messages.size(); at = marked.nextClearBit(at + 1)) {
            octets += messages.get(at).size();
        }
        return told(messages.size() - marked.cardinality() + " " + octets);
    }

    /** What a list says of one message. */
    private interface Line {
        String of(int number, Message message);
    }

    String list(String argument) {
        return listing(argument, (number, message) -> number + " " + message.size());
    }

    // RFC 1939 7: the same for all time, and never for another message.
    String uidl(String argument) {
        return listing(argument, (number, message) -> number + " " + inbox.uidValidity() + "." + message.uid());
    }

    private String listing(String argument, Line line) {
        if (!argument.isEmpty()) {
            int at = position(argument);
            return at < 0 ? NO_SUCH : told(line.of(at + 1, messages.get(at)));
        }
        told("The list");
        for (int at = marked.nextClearBit(0); at < messages.size(); at = marked.nextClearBit(at + 1)) {
            connection.send(line.of(at + 1, messages.get(at)) + "\r\n");
        }
        connection.send(".\r\n");
        return "";
    }

    /** Where a message stands that the client numbers from 1, or -1 when there is none or it is marked. */
    private int position(String number) {
        if (number.isEmpty() || number.length() > 9 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int at = Integer.parseInt(number) - 1;
        return at >= 0 && at < messages.size() && !marked.get(at) ? at : -1;
    }

    String retrieve(String argument) {
        return show(argument, Long.MAX_VALUE);
    }

    String top(String argument) {
        String[] words = argument.split(" +", 2);
        if (words.length < 2 || !words[1].matches("[0-9]{1,9}")) {
            return "TOP needs a message and a number of lines";
        }
        return show(words[0], Long.parseLong(words[1]));
    }

    private String show(String number, long lines) {
        int at = position(number);
        if (at < 0) {
            return NO_SUCH;
        }
        try (TransitBuffer answer = mailbox.buffer(messages.get(at).size() + 128)) {
            if (!write(messages.get(at), lines, answer)) {
                return "The message has been deleted in the meantime";
            }
            answer.drain(connection::send);
        }
        return "";
    }

    // Written first and sent then: a client that reads slowly holds up nobody.
    private boolean write(Message message, long lines, TransitBuffer answer) {
        try (var _ = MemoryBudget.forMessage(message.size())) {
            return ComputePool.shared().callFor(message.size(), () -> stuff(message, lines, answer));
        }
    }

    private boolean stuff(Message message, long lines, TransitBuffer answer) {
        Optional<byte[]> octets = mailbox.body(message);
        octets.ifPresent(whole -> {
            String said = lines == Long.MAX_VALUE ? counted(whole.length, "octet") : "The top of it";
            byte[] first = ("+OK " + said + "\r\n").getBytes(StandardCharsets.US_ASCII);
            answer.append(first, 0, first.length);
            new Stuffed(answer).send(whole, lines);
        });
        return octets.isPresent();
    }

    String mark(String argument) {
        int at = position(argument);
        if (at < 0) {
            return NO_SUCH;
        }
        marked.set(at);
        return told("Marked to be deleted");
    }

    String reset() {
        marked.clear();
        return told("Nothing is marked");
    }

    /** Deletes what is marked: only QUIT does, RFC 1939 6. */
    void deleteMarked() {
        var uids = new ArrayList<Long>();
        marked.stream().forEach(at -> uids.add(messages.get(at).uid()));
        if (uids.size() > FEW) {
            ComputePool.shared().call(() -> mailbox.expunge(inbox.id(), uids));
        } else if (!uids.isEmpty()) {
            mailbox.expunge(inbox.id(), uids);
        }
    }
}
