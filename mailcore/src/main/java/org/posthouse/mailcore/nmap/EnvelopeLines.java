package org.posthouse.mailcore.nmap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthouse.mailcore.queue.Envelope;
import org.posthouse.mailcore.queue.Recipient;
import org.posthouse.mailcore.queue.Xtext;

/**
 * An envelope as lines of NMAP's queue: a letter, then words (NetMail "Envelope lines"). {@code D} date in milliseconds,
 * {@code X} message flags, {@code I} envelope id, {@code A} client address, {@code F} sender and authenticated sender,
 * {@code L} local recipient, {@code M} local recipient with folder, {@code R} remote recipient; each with ORCPT, NOTIFY,
 * folder and the address as given.
 *
 * <p>Words are xtext (RFC 3461 4), because addresses may hold spaces; {@code -} stands for an empty one.
 */
final class EnvelopeLines {

    private static final String EMPTY = "-";

    private Optional<Instant> date = Optional.empty();
    private Optional<String> sender = Optional.empty();
    private String authenticated = "";
    private String id = "";
    private String client = "";
    private int flags;
    private final List<Recipient> recipients = new ArrayList<>();

    /** The lines of an envelope. */
    static List<String> of(Envelope envelope) {
        var lines = new ArrayList<String>();
        lines.add("D" + envelope.date().toEpochMilli());
        lines.add("X" + envelope.flags());
        lines.add("I" + word(envelope.envelopeId()));
        lines.add("A" + word(envelope.client()));
        lines.add("F" + word(envelope.sender()) + " " + word(envelope.authenticatedSender()));
        envelope.recipients().forEach(recipient -> lines.add(line(recipient)));
        return lines;
    }

    private static String line(Recipient recipient) {
        String words = word(recipient.address()) + " " + word(recipient.original()) + " " + word(recipient.dsn()) + " "
                + word(recipient.folder()) + (recipient.given().isEmpty() ? "" : " " + word(recipient.given()));
        return switch (recipient.kind()) {
            case LOCAL -> "L" + words;
            case REMOTE -> "R" + words;
            case MAILBOX -> "M" + words;
        };
    }

    /** Takes one line. Throws IllegalArgumentException when it is none. */
    void add(String line) {
        String[] words = line.substring(1).strip().split(" +");
        switch (line.charAt(0)) {
            case 'D' -> date = Optional.of(Instant.ofEpochMilli(Long.parseLong(words[0])));
            case 'X' -> flags = Integer.parseInt(words[0]);
            case 'I' -> id = plain(words[0]);
            case 'A' -> client = plain(words[0]);
            case 'F' -> {
                sender = Optional.of(plain(words[0]));
                authenticated = at(words, 1);
            }
            case 'L' -> recipients.add(recipient(Recipient.Kind.LOCAL, words));
            case 'R' -> recipients.add(recipient(Recipient.Kind.REMOTE, words));
            case 'M' -> recipients.add(recipient(Recipient.Kind.MAILBOX, words));
            default -> throw new IllegalArgumentException("no envelope line begins with " + line.charAt(0));
        }
    }

    private static Recipient recipient(Recipient.Kind kind, String[] words) {
        String address = plain(words[0]);
        if (address.isEmpty()) {
            throw new IllegalArgumentException("a recipient without a name");
        }
        return new Recipient(kind, address, at(words, 1), at(words, 2), at(words, 3), at(words, 4));
    }

    private static String at(String[] words, int place) {
        return place < words.length ? plain(words[place]) : "";
    }

    /** The envelope; empty while sender or recipients are missing. One without a date, or with an impossible one, was taken now. */
    Optional<Envelope> envelope(Instant now) {
        if (recipients.isEmpty()) {
            return Optional.empty();
        }
        Instant taken =
                date.filter(at -> at.isAfter(Instant.EPOCH) && at.isBefore(now)).orElse(now);
        return sender.map(from -> new Envelope(taken, from, authenticated, id, client, flags, recipients));
    }

    private static String word(String text) {
        return switch (text) {
            case "" -> EMPTY;
            case EMPTY -> "+2D";
            default -> Xtext.of(text);
        };
    }

    private static String plain(String word) {
        return word.equals(EMPTY) ? "" : checked(Xtext.plain(word));
    }

    // A line break would end a line of a report or of another dialogue.
    private static String checked(String text) {
        if (text.chars().anyMatch(each -> each < ' ' || each == 127)) {
            throw new IllegalArgumentException("a control character");
        }
        return text;
    }
}
