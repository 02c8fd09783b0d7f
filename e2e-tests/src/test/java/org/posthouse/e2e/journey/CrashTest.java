package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Product;

/** The promise behind 250, kept by the whole product when it is killed under load. */
class CrashTest {

    private static final int SESSIONS = 8;

    @TempDir
    Path folder;

    @Test
    void everyMailAnswered250BeforeTheKillIsDeliveredOnceAfterIt() throws Exception {
        try (Product product = Product.start(folder.resolve("home")).setUp("--with", "smtp,imap")) {
            Await.until(
                    "the SMTP Agent greets",
                    Duration.ofMinutes(2),
                    () -> Dialogue.greeting("127.0.0.1", product.port(25)).startsWith("220"));
            Set<String> acknowledged = sendUntilKilled(product);
            assertTrue(acknowledged.size() > 50, "only " + acknowledged.size() + " mails before the kill");
            product.again();
            Await.until(
                    "all " + acknowledged.size() + " acknowledged mails lie in the inbox",
                    Duration.ofMinutes(2),
                    () -> subjects(product).keySet().containsAll(acknowledged));
            Map<String, Integer> found = subjects(product);
            acknowledged.forEach(subject -> assertEquals(1, found.get(subject), subject + " was delivered once"));
        }
    }

    private static Set<String> sendUntilKilled(Product product) throws InterruptedException {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        var sent = new AtomicInteger();
        var sessions = new ArrayList<Thread>();
        for (int session = 0; session < SESSIONS; session++) {
            sessions.add(Thread.ofVirtual().start(() -> sendUntilGone(product, sent, acknowledged)));
        }
        Await.until("a few hundred mails were taken", Duration.ofMinutes(3), () -> acknowledged.size() > 300);
        product.kill();
        for (Thread session : sessions) {
            session.join(Duration.ofMinutes(2));
        }
        return acknowledged;
    }

    private static void sendUntilGone(Product product, AtomicInteger sent, Set<String> acknowledged) {
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            while (true) {
                String subject = "mail-" + sent.incrementAndGet();
                Mail.through(smtp, "a@b.example", "admin@example.com", subject, "x".repeat(2000));
                acknowledged.add(subject);
            }
        } catch (IOException killed) {
            // What was not acknowledged by now may be there or not; the sender would send it again.
            return;
        }
    }

    private static Map<String, Integer> subjects(Product product) throws IOException {
        var found = new HashMap<String, Integer>();
        Mail.subjects(product.port(143), Product.ADMIN, Product.PASSWORD, "mail-")
                .forEach(line -> found.merge(line.substring("Subject:".length()).strip(), 1, Integer::sum));
        return found;
    }
}
