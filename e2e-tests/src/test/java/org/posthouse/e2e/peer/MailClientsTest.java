package org.posthouse.e2e.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.SECRET;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** Mail programs that others wrote, as Debian packs them, on an installed product. */
@ExtendWith(LogOnFailure.class)
class MailClientsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Product product = Installed.product();

    private String user(String name) {
        product.api().createUser(PEOPLE, name, SECRET);
        return name;
    }

    @Test
    void swaksHandsInAndCurlReadsByImapAndPop() throws IOException {
        String sven = user("sven");
        String said = Product.run(List.of(
                "swaks",
                "--server",
                "127.0.0.1:" + product.port(25),
                "--from",
                "friend@else.example",
                "--to",
                sven + "@example.com",
                "--header",
                "Subject: by swaks"));
        assertTrue(said.contains("<-  250 2.6.0 Taken"), said);
        awaitMails(sven, 1);
        assertTrue(curl(sven, "imap://127.0.0.1:" + product.port(143) + "/INBOX;MAILINDEX=1")
                .contains("Subject: by swaks"));
        assertTrue(curl(sven, "pop3://127.0.0.1:" + product.port(110) + "/1").contains("Subject: by swaks"));
    }

    private static String curl(String user, String url) throws IOException {
        return Product.run(List.of("curl", "--silent", "--show-error", "--user", user + ":" + SECRET, url));
    }

    @Test
    void muttSendsAsTheUserItSignsInAs() throws IOException {
        String mona = user("mona");
        Path settings = Files.writeString(folder.resolve("muttrc"), """
                set ssl_starttls = no
                set ssl_force_tls = no
                set copy = no
                set from = %1$s@example.com
                set smtp_authenticators = plain
                set smtp_url = "smtp://%1$s@127.0.0.1:%2$d/"
                set smtp_pass = "%3$s"
                """.formatted(mona, product.port(25), SECRET));
        Path body = Files.writeString(folder.resolve("body"), "Grüße\n");
        Product.run(List.of(
                "sh", "-c", "mutt -F '%s' -s 'by mutt: größer' %s@example.com < '%s'".formatted(settings, mona, body)));
        awaitMails(mona, 1);
    }

    @Test
    void mbsyncKeepsAMaildirAndTheMailboxAlike() throws IOException {
        String mike = user("mike");
        Mail.send(product.port(25), "a@b.example", mike + "@example.com", "from afar", "x");
        awaitMails(mike, 1);
        Path near = Files.createDirectories(folder.resolve("near"));
        Path settings =
                Files.writeString(folder.resolve("mbsyncrc"), """
                IMAPAccount far
                Host 127.0.0.1
                Port %d
                User %s
                Pass "%s"
                SSLType None
                AuthMechs PLAIN

                IMAPStore far
                Account far

                MaildirStore near
                Path %4$s/
                Inbox %4$s/INBOX
                SubFolders Verbatim

                Channel both
                Far :far:
                Near :near:
                Patterns *
                Create Both
                Sync All
                SyncState *
                """.formatted(product.port(143), mike, SECRET, near));
        Product.run(List.of("mbsync", "-c", settings.toString(), "both"));
        assertEquals(1, mails(near.resolve("INBOX/new")));
        Files.writeString(near.resolve("INBOX/cur/1.one.here:2,S"), "Subject: from here\n\nx\n");
        Product.run(List.of("mbsync", "-c", settings.toString(), "both"));
        awaitMails(mike, 2);
    }

    private static long mails(Path maildir) throws IOException {
        try (Stream<Path> files = Files.list(maildir)) {
            return files.count();
        }
    }

    @Test
    void pythonsImaplibAppendsFlagsSearchesMovesAndDeletes() throws IOException {
        String paul = user("paul");
        Path script = Files.writeString(folder.resolve("client.py"), """
                import imaplib, sys
                port, user, password = int(sys.argv[1]), sys.argv[2], sys.argv[3]
                def ok(answer, wanted=None):
                    assert answer[0] == 'OK', answer
                    assert wanted is None or answer[1][0] == wanted, answer
                    return answer[1]
                imap = imaplib.IMAP4('127.0.0.1', port)
                ok(imap.login(user, password))
                ok(imap.create('Work/2026'))
                ok(imap.append('INBOX', '(\\\\Seen)', None, b'Subject: one\\r\\n\\r\\nfirst body\\r\\n'))
                ok(imap.append('INBOX', None, None, b'Subject: two\\r\\n\\r\\nsecond body\\r\\n'))
                ok(imap.select('INBOX'), b'2')
                ok(imap.search(None, 'UNSEEN'), b'2')
                ok(imap.search(None, 'BODY', '"second"'), b'2')
                ok(imap.store('1', '+FLAGS', '\\\\Flagged'))
                ok(imap.search(None, 'FLAGGED'), b'1')
                assert b'first body' in ok(imap.fetch('1', '(BODY[TEXT])'))[0][1]
                ok(imap.copy('1', 'Work/2026'))
                ok(imap.store('1', '+FLAGS', '\\\\Deleted'))
                ok(imap.expunge(), b'1')
                ok(imap.select('Work/2026'), b'1')
                ok(imap.rename('Work/2026', 'Work/2027'))
                assert ok(imap.status('Work/2027', '(MESSAGES)'))[0].endswith(b'(MESSAGES 1)')
                imap.logout()
                print('done')
                """);
        assertEquals(
                "done\n", Product.run(List.of("python3", script.toString(), "" + product.port(143), paul, SECRET)));
    }

    private void awaitMails(String user, int count) {
        Await.until(count + " mails for " + user, SOON, () -> Mail.inbox(product.port(143), user, SECRET) == count);
    }
}
