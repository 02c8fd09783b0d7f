package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Product;

/** From an empty folder to a delivered mail and a changed option, in a browser and with mail clients. */
class FirstRunTest {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String SERVER = "ou=mail1,o=Internet Services,dc=posthouse";

    @TempDir
    Path folder;

    @Test
    void aNewcomerSetsUpSendsReadsAndChanges() throws IOException {
        try (Product product = Product.start(folder.resolve("home"));
                Browser browser = new Browser(product.url(), 1360, 900)) {
            setUp(product, browser);
            browser.click("[data-go=login]");
            browser.signIn(Product.ADMIN, Product.PASSWORD).shows("mail1");
            browser.seen("[data-state=running]");
            browser.picture("dashboard");
            mailGoesThrough(product);
            changeOfficialDomain(product, browser);
            assertEquals(List.of(), browser.complaints());
            product.kill();
            product.again();
            Await.until(
                    "the mail is still there after a kill",
                    SOON,
                    () -> Mail.inbox(product.port(143), Product.ADMIN, Product.PASSWORD) == 1);
        }
    }

    private static void setUp(Product product, Browser browser) throws IOException {
        Pattern form = Pattern.compile("http://\\S+/setup\\?token=\\S+");
        Await.until(
                "the first start prints a set-up link",
                Duration.ofMinutes(1),
                () -> form.matcher(Files.readString(product.output())).find());
        Matcher link = form.matcher(Files.readString(product.output()));
        assertTrue(link.find());
        browser.open(link.group()).type("#setup\\:adminName", Product.ADMIN);
        browser.type("#setup\\:adminPassword", Product.PASSWORD).type("#setup\\:again", Product.PASSWORD);
        browser.type("#setup\\:organization", "Acme").type("#setup\\:userContainer", "people");
        browser.type("#setup\\:serverName", "mail1").type("#setup\\:officialDomain", "example.com");
        browser.picture("set-up");
        // The set-up itself waits for the agents as long as others wait for a page.
        browser.click("#setup\\:go").seen("[data-ready=true]", Duration.ofMinutes(2));
        browser.picture("set-up-done");
    }

    private static void mailGoesThrough(Product product) {
        Await.until(
                "the SMTP Agent greets",
                SOON,
                () -> Dialogue.greeting("127.0.0.1", product.port(25)).startsWith("220"));
        Await.until(
                "a mail is taken",
                SOON,
                () -> Mail.send(product.port(25), "friend@else.example", "admin@example.com", "hello", "first mail")
                        .startsWith("250"));
        Await.until(
                "and lies in the inbox",
                SOON,
                () -> Mail.inbox(product.port(143), Product.ADMIN, Product.PASSWORD) == 1);
    }

    private static void changeOfficialDomain(Product product, Browser browser) {
        browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-identification");
        browser.type("#panel\\:officialDomain", "new.example").seen("[data-change=officialDomain]");
        browser.picture("save-bar").click("#panel\\:save");
        browser.seen("[data-following=settled] [data-agent=SMTP_AGENT][data-tone=good]");
        browser.picture("obeyed");
        Await.until(
                "the greeting has the new domain",
                SOON,
                () -> Dialogue.greeting("127.0.0.1", product.port(25)).contains("new.example"));
    }
}
