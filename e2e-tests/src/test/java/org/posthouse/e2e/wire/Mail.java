package org.posthouse.e2e.wire;

import java.io.IOException;
import java.util.List;

/** Sends and reads mail in the plainest way, so that a test says only what it is about. */
public final class Mail {

    private Mail() {}

    /** Hands a message to an SMTP server and insists on 250; returns the final reply. */
    public static String send(int port, String from, String to, String subject, String body) throws IOException {
        return send("127.0.0.1", port, from, to, subject, body);
    }

    /** The same at another address. */
    public static String send(String address, int port, String from, String to, String subject, String body)
            throws IOException {
        try (Dialogue smtp = Dialogue.with(address, port)) {
            insist(smtp.reply(), "220");
            insist(smtp.smtp("EHLO client.example"), "250");
            return through(smtp, from, to, subject, body);
        }
    }

    /** Sends within an open session. */
    public static String through(Dialogue smtp, String from, String to, String subject, String body)
            throws IOException {
        insist(smtp.smtp("MAIL FROM:<" + from + ">"), "250");
        insist(smtp.smtp("RCPT TO:<" + to + ">"), "250");
        insist(smtp.smtp("DATA"), "354");
        String reply = smtp.smtp("From: <" + from + ">\r\nTo: <" + to + ">\r\nSubject: " + subject
                + "\r\nDate: Mon, 23 Nov 2026 12:00:00 +0000\r\n\r\n" + body + "\r\n.");
        insist(reply, "250");
        return reply;
    }

    /** How many messages INBOX holds. */
    public static int inbox(int port, String user, String password) throws IOException {
        return inbox("127.0.0.1", port, user, password);
    }

    /** The same at another address. */
    public static int inbox(String address, int port, String user, String password) throws IOException {
        try (Dialogue imap = signedIn(address, port, user, password)) {
            return imap.imap("a2", "SELECT INBOX").stream()
                    .filter(line -> line.startsWith("* ") && line.endsWith(" EXISTS"))
                    .map(line -> Integer.parseInt(line.split(" ")[1]))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The subjects in INBOX that hold this text, as the server's lines. */
    public static List<String> subjects(int port, String user, String password, String text) throws IOException {
        try (Dialogue imap = signedIn(port, user, password)) {
            imap.imap("a2", "SELECT INBOX");
            return imap.imap("a3", "FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])").stream()
                    .filter(line -> line.startsWith("Subject:") && line.contains(text))
                    .toList();
        }
    }

    /** An IMAP session past LOGIN. */
    public static Dialogue signedIn(int port, String user, String password) throws IOException {
        return signedIn("127.0.0.1", port, user, password);
    }

    private static Dialogue signedIn(String address, int port, String user, String password) throws IOException {
        Dialogue imap = Dialogue.with(address, port);
        insist(imap.line(), "* OK");
        insist(imap.imap("a1", "LOGIN \"" + user + "\" \"" + password + "\"").getLast(), "a1 OK");
        return imap;
    }

    /** Fails with the reply when it is another than wanted. */
    public static void insist(String reply, String wanted) {
        if (!reply.startsWith(wanted)) {
            throw new AssertionError("wanted " + wanted + ", the server said: " + reply);
        }
    }
}
