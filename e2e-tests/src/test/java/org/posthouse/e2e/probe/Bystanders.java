package org.posthouse.e2e.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Product;

/**
 * Clients that ask for little, again and again, while another asks for much: a greeting of each protocol, RCPT, a login
 * over IMAP and over POP, a message.
 */
final class Bystanders implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(40);

    /** One thing that a client does. */
    private interface Step {
        void run() throws IOException;
    }

    private final Map<String, ConcurrentLinkedQueue<Double>> millis = new ConcurrentHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** Begins, as this user, whose password has been checked before. */
    Bystanders(Product product, String user, String password) {
        int smtp = product.port(25);
        int imap = product.port(143);
        int pop = product.port(110);
        again("SMTP greeting", () -> Mail.insist(Dialogue.greeting("127.0.0.1", smtp), "220"));
        again("IMAP greeting", () -> Mail.insist(Dialogue.greeting("127.0.0.1", imap), "* OK"));
        again("POP greeting", () -> Mail.insist(Dialogue.greeting("127.0.0.1", pop), "+OK"));
        again("RCPT", () -> rcpt(smtp, user + "@example.com"));
        again("IMAP login", () -> Mail.signedIn(imap, user, password).close());
        again("POP login", () -> pop(pop, user, password));
        again("message", () -> Mail.send(smtp, "x@example.net", user + "@example.com", "bystander", "words"));
    }

    private static void rcpt(int port, String recipient) throws IOException {
        try (Dialogue smtp = Dialogue.with("127.0.0.1", port)) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            smtp.smtp("MAIL FROM:<x@example.net>");
            Mail.insist(smtp.smtp("RCPT TO:<" + recipient + ">"), "250");
        }
    }

    private static void pop(int port, String user, String password) throws IOException {
        try (Dialogue pop = Dialogue.with("127.0.0.1", port)) {
            pop.line();
            pop.say("USER " + user).line();
            Mail.insist(pop.say("PASS " + password).line(), "+OK");
            pop.say("QUIT").line();
        }
    }

    private void again(String what, Step step) {
        var times = millis.computeIfAbsent(what, first -> new ConcurrentLinkedQueue<>());
        threads.add(Thread.ofPlatform().daemon().name(what).start(() -> {
            while (!over) {
                long begin = System.nanoTime();
                try {
                    step.run();
                } catch (IOException | AssertionError failure) {
                    synchronized (failures) {
                        failures.add(what + ": " + failure);
                    }
                }
                times.add((System.nanoTime() - begin) / 1e6);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }));
    }

    @Override
    public void close() {
        over = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was refused or broken off. */
    List<String> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    /** How long 95 of 100 took at most, in milliseconds, for each thing. */
    Map<String, Double> p95() {
        var all = new TreeMap<String, Double>();
        millis.forEach((what, times) -> {
            double[] sorted =
                    times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            if (sorted.length > 0) {
                all.put(what, sorted[(int) Math.ceil(0.95 * sorted.length) - 1]);
            }
        });
        return all;
    }
}
