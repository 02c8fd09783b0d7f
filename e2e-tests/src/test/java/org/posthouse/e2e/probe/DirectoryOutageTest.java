package org.posthouse.e2e.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.probe.Neighbors.LONG;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.SECRET;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Gateway;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/**
 * A product whose directory, that of another one, refuses, is silent, answers slowly, or breaks off: users and recipients
 * that were seen before, and what administrators saw before, go on; everything comes back by itself.
 */
@ExtendWith(LogOnFailure.class)
class DirectoryOutageTest {

    private static final Duration OUTAGE = Duration.ofSeconds(LONG ? 60 : 6);
    private static final Duration SOON = Duration.ofMinutes(5);
    private static final int MESSAGES = 20;
    private static final long LATE_MS = LONG ? 1_000 : 5_000;
    private static final String USER = "outage.known";
    private static final String ALIAS = "outage.alias";
    private static final String DN = "cn=" + USER + "," + PEOPLE;

    @TempDir
    private static Path folder;

    private static Product holder;
    private static Gateway gateway;
    private static Product product;
    private static Api api;

    @BeforeAll
    static void begin() throws IOException {
        holder = Product.start(folder.resolve("holder"));
        // At a first start, the console may answer before the directory does.
        Await.until(
                "the directory is there", SOON, () -> Files.exists(holder.home().resolve("directory.properties")));
        var known = new Properties();
        try (var in = Files.newBufferedReader(holder.home().resolve("directory.properties"))) {
            known.load(in);
        }
        gateway = new Gateway(Integer.parseInt(known.getProperty("url").replaceFirst(".*:", "")));
        product = Product.start(
                        folder.resolve("home"),
                        "--host-name",
                        "outage",
                        "--directory",
                        "ldap://127.0.0.1:" + gateway.port() + "/" + known.getProperty("root"),
                        "--directory-bind-dn",
                        known.getProperty("bindDn"),
                        "--directory-password-file",
                        known.getProperty("passwordFile"))
                .setUp("--no-tls", "--no-verify-addresses", "--host-name", "outage");
        api = product.api();
        api.createUser(PEOPLE, USER, SECRET);
        api.create(Json.createObjectBuilder()
                .add("kind", "ALIAS")
                .add("parent", PEOPLE)
                .add("name", ALIAS)
                .add("options", Json.createObjectBuilder().add("target", DN))
                .build());
        Await.until("the user is known", SOON, () -> {
            Mail.signedIn(product.port(143), USER, SECRET).close();
            Mail.send(product.port(25), "x@example.net", USER + "@example.com", "first", "words");
            return true;
        });
        Await.until("the alias is known", SOON, () -> isTaken("before"));
        look();
    }

    @AfterAll
    static void end() {
        gateway.be(Gateway.Mode.OPEN);
        product.close();
        gateway.close();
        holder.close();
    }

    private static boolean isTaken(String subject) throws IOException {
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            Mail.through(smtp, Product.ADMIN + "@example.com", ALIAS + "@example.com", subject, "words");
            return true;
        } catch (AssertionError refused) {
            return false;
        }
    }

    // What an administrator looks at.
    private static void look() {
        api.get("/status");
        api.object(DN);
    }

    @ParameterizedTest
    @EnumSource(value = Gateway.Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "OPEN")
    void whatWasSeenBeforeGoesOnAndEverythingComesBack(Gateway.Mode mode) throws Exception {
        Await.until("nothing is amiss", SOON, () -> {
            look();
            Mail.signedIn(product.port(143), USER, SECRET).close();
            return isTaken("before " + mode);
        });
        var pages = new ArrayList<Long>();
        var accepted = new ArrayList<String>();
        try {
            Neighbors.undisturbedBy("Directory " + mode, product, new Neighbors.Login(USER, SECRET), () -> {
                gateway.be(mode);
                long end = System.nanoTime() + OUTAGE.toNanos();
                for (int round = 0; System.nanoTime() - end < 0; round++) {
                    long began = System.nanoTime();
                    look();
                    pages.add((System.nanoTime() - began) / 1_000_000);
                    String subject = "during-" + mode + "-" + round;
                    if (accepted.size() < MESSAGES && isTaken(subject)) {
                        accepted.add(subject);
                    }
                }
            });
        } finally {
            gateway.be(Gateway.Mode.OPEN);
        }
        long began = System.nanoTime();
        comesBack("new." + mode.name().toLowerCase(Locale.ROOT) + ".");
        long page = pages.stream()
                .sorted()
                .skip(pages.size() * 95L / 100)
                .findFirst()
                .orElseThrow();
        System.out.printf(
                "Directory %s: p95 of the API %d ms; a new user signs in after %.1f s; %d messages to an alias%n",
                mode, page, (System.nanoTime() - began) / 1e9, accepted.size());
        assertTrue(page < LATE_MS, "p95 of the API in ms: " + page);
        Await.until("mail to the alias arrives", SOON, () -> aliasMail(mode).size() >= accepted.size());
        assertEquals(List.of(), bounces());
    }

    // Each attempt has a name of its own: one that was not answered may have been carried out.
    private static void comesBack(String name) {
        var attempts = new AtomicInteger();
        Await.until("users can be created", SOON, () -> {
            api.createUser(PEOPLE, name + attempts.incrementAndGet(), SECRET);
            return true;
        });
        Await.until("the new user signs in", SOON, () -> {
            Mail.signedIn(product.port(143), name + attempts.get(), SECRET).close();
            return true;
        });
    }

    private static List<String> aliasMail(Gateway.Mode mode) throws IOException {
        return Mail.subjects(product.port(143), USER, SECRET, "during-" + mode + "-").stream()
                .distinct()
                .toList();
    }

    // Whoever sent mail to the alias gets nothing else.
    private static List<String> bounces() throws IOException {
        return Mail.subjects(product.port(143), Product.ADMIN, Product.PASSWORD, "");
    }
}
