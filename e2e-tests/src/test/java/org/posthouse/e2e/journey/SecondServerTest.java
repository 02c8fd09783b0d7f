package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Product;

/** A second messaging server on another address of the same host, made with the wizards and used beside the first. */
class SecondServerTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SERVER = "ou=mail2,o=Internet Services,dc=posthouse";
    private static final String ADDRESS = "127.0.0.2";

    @TempDir
    Path folder;

    @Test
    void standsBesideTheFirstAndServesItsOwnUsers() throws IOException {
        try (Product product = Product.start(folder.resolve("home")).setUp("--with", "smtp,pop,imap");
                Browser browser = new Browser(product.url(), 1360, 900)) {
            sideOffice(product.api());
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            createServer(browser);
            forceAddress(browser);
            createStore(browser);
            for (String kind : List.of("SMTP_AGENT", "POP_AGENT", "IMAP_AGENT")) {
                createAgent(browser, kind);
            }
            eachGreetsAtItsAddress(product);
            mailForBothArrives(product);
            changePort(product, browser);
            disablePop(product, browser);
            deletePostmaster(product.api(), browser);
            assertEquals(List.of(), browser.complaints());
        }
    }

    private static void sideOffice(Api api) {
        api.create(Json.createObjectBuilder()
                .add("kind", "ORGANIZATIONAL_UNIT")
                .add("parent", "o=Acme,dc=posthouse")
                .add("name", "side office")
                .build());
        api.createUser("ou=side office,o=Acme,dc=posthouse", "sid", Product.PASSWORD);
    }

    private static void createServer(Browser browser) {
        browser.open("/create?kind=MESSAGING_SERVER&in=" + Api.quoted("o=Internet Services,dc=posthouse"));
        browser.type("[data-answer=serverName]", "mail1")
                .click("#wizard\\:next")
                .seen("[data-problem=serverName]");
        browser.picture("wizard-name-taken");
        browser.type("[data-answer=serverName]", "mail2").type("[data-answer=officialDomain]", "second.example");
        browser.type("[data-answer=hostServer]", "").type("[data-answer=postmaster]", "");
        browser.click("[data-browse=hostServer]").seen("[data-kind=HOST_SERVER] + .browse-name");
        browser.picture("browse").click("[data-kind=HOST_SERVER] + .browse-name");
        browser.holds("[data-answer=hostServer]", "o=Acme").gone("#browse_modal");
        browser.click("[data-browse=postmaster]")
                .type("#browsing\\:text", "adm")
                .click("[data-pick=admin]");
        browser.holds("[data-answer=postmaster]", "cn=admin").gone("#browse_modal");
        // Picking an object keeps what is typed in the other fields.
        browser.holds("[data-answer=serverName]", "mail2").holds("[data-answer=officialDomain]", "second.example");
        browser.click("#wizard\\:next").seen("[data-review]");
        browser.picture("wizard-review").click("#wizard\\:create").shows("No agents yet");
    }

    private static void forceAddress(Browser browser) {
        browser.open("/object?dn=" + Api.quoted(SERVER) + "&page=server-status");
        browser.type("#panel\\:ipAddress", ADDRESS).seen("[data-change=ipAddress]");
        browser.click("#panel\\:forceIpAddress").seen("[data-change=forceIpAddress]");
        browser.click("#panel\\:forceBind").seen("[data-change=forceBind]");
        browser.picture("server-status").click("#panel\\:save").seen("[data-following=settled]");
    }

    private static void createStore(Browser browser) {
        browser.open("/create?kind=NMAP_AGENT&in=" + Api.quoted(SERVER));
        browser.holds("[data-answer=messageStore]", "store-mail2");
        browser.type("[data-answer=contexts]", "ou=side office,o=Acme,dc=posthouse")
                .click("#wizard\\:next")
                .click("#wizard\\:create");
        browser.seen("#head\\:state [data-state=running]");
    }

    private static void createAgent(Browser browser, String kind) {
        browser.open("/create?kind=" + kind + "&in=" + Api.quoted(SERVER));
        while (!browser.has("#wizard\\:create")) {
            browser.click("#wizard\\:next", "#wizard\\:body", "data-step");
        }
        browser.click("#wizard\\:create").seen("#head\\:state [data-state=running]");
    }

    private static void eachGreetsAtItsAddress(Product product) {
        Await.until(
                "mail2 greets at its own address",
                SOON,
                () -> Dialogue.greeting(ADDRESS, product.port(25)).contains("second.example"));
        Await.until(
                "mail1 still greets at its own",
                SOON,
                () -> Dialogue.greeting("127.0.0.1", product.port(25)).contains("example.com"));
    }

    private static void mailForBothArrives(Product product) throws IOException {
        Await.until(
                "mail1 takes mail for a user of mail2",
                SOON,
                () -> Mail.send(product.port(25), "friend@else.example", "sid@second.example", "by the first", "x")
                        .startsWith("250"));
        Await.until(
                "and the other way round",
                SOON,
                () -> Mail.send(
                                ADDRESS,
                                product.port(25),
                                "friend@else.example",
                                "admin@example.com",
                                "by the second",
                                "x")
                        .startsWith("250"));
        Await.until(
                "what came in at mail1 for a user of mail2 is in her mailbox there",
                SOON,
                () -> Mail.inbox(ADDRESS, product.port(143), "sid", Product.PASSWORD) == 1);
        Await.until(
                "and the other way round",
                SOON,
                () -> Mail.inbox(product.port(143), Product.ADMIN, Product.PASSWORD) == 1);
    }

    private static void changePort(Product product, Browser browser) {
        browser.open("/object?dn=" + Api.quoted("cn=SMTP Agent," + SERVER) + "&page=smtp-options");
        browser.type("#panel\\:port", "2525").seen("[data-change=port]");
        browser.click("#panel\\:save").seen("[data-following=settled] [data-agent=SMTP_AGENT][data-tone=good]");
        Await.until(
                "mail2 greets at its new port",
                SOON,
                () -> Dialogue.greeting(ADDRESS, product.port(2525)).contains("second.example"));
    }

    private static void disablePop(Product product, Browser browser) {
        browser.open("/object?dn=" + Api.quoted("cn=POP Agent," + SERVER) + "&page=agent-status");
        browser.click("#panel\\:enabled").seen("[data-change=enabled]");
        browser.click("#panel\\:save").seen("[data-following=settled]");
        browser.click("#head\\:stop").seen("[data-question=command]", "Stop");
        browser.click("#commanding\\:go").seen("#head\\:state [data-state=disabled]");
        browser.seen("#head\\:stop:not([disabled])");
        browser.picture("pop-disabled");
        Await.until("POP of mail2 is gone", SOON, () -> !Dialogue.greets(ADDRESS, product.port(110), "+OK"));
        Await.until("POP of mail1 is not", SOON, () -> Dialogue.greets("127.0.0.1", product.port(110), "+OK"));
    }

    // Picking the successor keeps the name that is typed to confirm the deletion.
    private static void deletePostmaster(Api api, Browser browser) {
        String user = "cn=sid,ou=side office,o=Acme,dc=posthouse";
        api.change(SERVER, "postmaster", user);
        browser.open("/object?dn=" + Api.quoted(user)).click("#head\\:delete").type("#deleting\\:typed", "sid");
        browser.click("#deleting\\:successor").type("#browsing\\:text", "adm").click("[data-pick=admin]");
        browser.seen("[data-successor=admin]");
        browser.gone("#browse_modal").holds("#deleting\\:typed", "sid");
        browser.click("#deleting\\:go").seen("h1", "side office");
    }
}
