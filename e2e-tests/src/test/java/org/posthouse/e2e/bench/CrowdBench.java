package org.posthouse.e2e.bench;

import static org.posthouse.e2e.world.Installed.SERVER;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LdapTool;
import org.posthouse.e2e.world.Product;

/** A container with 100,000 users, 10,000 domains on one page, 200 messaging servers. Printed, not asserted. */
@Tag("bench")
class CrowdBench {

    private static final int USERS = Integer.getInteger("crowd", 100_000);
    private static final int ROUNDS = 200;
    private static final String CROWD = "ou=crowd,o=Acme,dc=posthouse";
    private static final int SERVERS = 200;
    private static final List<String> AGENTS = List.of(
            "Nmap",
            "Smtp",
            "Pop",
            "Imap",
            "Address Book",
            "Alias",
            "AntiSpam",
            "AntiVirus",
            "AutoReply",
            "Rule",
            "Calendar",
            "List",
            "Proxy",
            "Finger",
            "Signup");
    private static final String SERVICES = "o=Internet Services,dc=posthouse";
    private static final String SMTP = "cn=SMTP Agent," + SERVER;

    private static final Product PRODUCT = Installed.product();
    private static final Api API = PRODUCT.api();

    private final Random random = new Random(4);

    @BeforeAll
    static void gather(@TempDir Path folder) throws IOException {
        Path ldif = folder.resolve("crowd.ldif");
        try (var out = Files.newBufferedWriter(ldif)) {
            out.write("dn: " + CROWD + "\nobjectClass: organizationalUnit\nou: crowd\n\n");
            for (int number = 0; number < USERS; number++) {
                out.write("dn: cn=" + name(number) + "," + CROWD + "\nobjectClass: inetOrgPerson\nsn: Number" + number
                        + "\nmail: " + name(number) + "@example.com\n\n");
            }
        }
        long begun = System.nanoTime();
        new LdapTool(PRODUCT).add(ldif);
        System.out.printf("%d users were added in %.0f s%n", USERS, (System.nanoTime() - begun) / 1e9);
    }

    private static String name(int number) {
        return "user%06d".formatted(number);
    }

    private String anyone() {
        return name(random.nextInt(USERS));
    }

    @Test
    void aContainerWithManyUsersIsBrowsed() {
        measure("API, first page of the container", round -> "/objects/children?size=50&dn=" + Api.quoted(CROWD));
        measure("API, search by name", round -> "/objects/find?text=" + anyone());
        measure("API, search by what everybody has in the name", round -> "/objects/find?text=user");
        measure("API, search by one letter", round -> "/objects/find?text=" + "abcenorsu".charAt(round % 9));
        measure("API, search by two digits", round -> "/objects/find?text=" + anyone().substring(8));
        measure("API, search by what nobody has", round -> "/objects/find?text=zebra" + round);
        measure(
                "API, search by part of an address",
                round -> "/objects/find?text=" + Api.quoted(anyone().substring(3) + "@exam"));
        measure(
                "API, filter in the container",
                round -> "/objects/children?size=50&text=" + anyone().substring(4) + "&dn=" + Api.quoted(CROWD));
        measure(
                "API, filter in the container by what everybody has",
                round -> "/objects/children?size=50&text=user&dn=" + Api.quoted(CROWD));
        measure(
                "API, any page of the container by last name",
                round -> "/objects/children?size=50&sort=-lastName&page=" + random.nextInt(1, USERS / 50) + "&dn="
                        + Api.quoted(CROWD));
        measure("API, open a user", round -> "/objects?dn=" + Api.quoted("cn=" + anyone() + "," + CROWD));
        try (var browser = new Browser(PRODUCT.url(), 1360, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            measurePage(browser, "page, the container", () -> CROWD);
            measurePage(
                    browser, "page, the container by last name", () -> CROWD, "&contents-sort=-last&contents-page=9");
            measurePage(browser, "page, a user", () -> "cn=" + anyone() + "," + CROWD);
        }
    }

    @Test
    void aListOfManyDomainsIsSavedAsDeltas() {
        JsonArrayBuilder domains = Json.createArrayBuilder();
        for (int number = 0; number < 10_000; number++) {
            domains.add("d" + number + ".example");
        }
        long begun = System.nanoTime();
        API.change(SMTP, "globalDomains", domains.build());
        System.out.printf("10,000 domains were saved at once in %.0f ms%n", (System.nanoTime() - begun) / 1e6);
        measure("API, the object with 10,000 domains", round -> "/objects?dn=" + Api.quoted(SMTP));
        try (var browser = new Browser(PRODUCT.url(), 1360, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            measurePage(browser, "page with 10,000 domains", () -> SMTP, "&page=smtp-identification");
        }
    }

    @Test
    void manyMessagingServersAreShown() {
        API.create(Json.createObjectBuilder()
                .add("kind", "HOST_SERVER")
                .add("parent", "o=Acme,dc=posthouse")
                .add("name", "far")
                .build());
        long begun = System.nanoTime();
        for (int number = 0; number < SERVERS; number++) {
            createServer("branch%03d".formatted(number));
        }
        System.out.printf("%d messaging servers were created in %.0f s%n", SERVERS, (System.nanoTime() - begun) / 1e9);
        measure("API, status of all", round -> "/status");
        try (var browser = new Browser(PRODUCT.url(), 1360, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            measurePage(browser, "page, Internet Services with all of them", () -> SERVICES);
            var nanos = new long[40];
            for (int round = 0; round < nanos.length; round++) {
                nanos[round] = browser.open("/").serverNanos();
            }
            System.out.println("page, the home page with all of them: " + Spread.of(nanos));
            browser.picture("many-servers");
        }
    }

    /** 200 servers with 15 agents each, of which no engine speaks; past the console, since that is faster. */
    @Test
    void wantedAndRunningIsShownOfThreeThousandAgents(@TempDir Path folder) throws IOException {
        Path ldif = folder.resolve("wide.ldif");
        try (var out = Files.newBufferedWriter(ldif)) {
            for (int number = 0; number < SERVERS; number++) {
                String server = "ou=wide%03d,%s".formatted(number, SERVICES);
                out.write(
                        "dn: " + server + "\nobjectClass: posthouseMessagingServer\nou: wide%03d\n".formatted(number));
                out.write("posthouseHost: cn=nowhere,o=Acme,dc=posthouse\nposthouseOfficialDomain: wide.example\n");
                out.write("posthousePostmaster: cn=admin,ou=people,o=Acme,dc=posthouse\n\n");
                for (String agent : AGENTS) {
                    out.write("dn: cn=%s Agent,%s\nobjectClass: posthouse%sAgent\ncn: %s Agent\n\n"
                            .formatted(agent, server, agent.replaceAll("\\W", ""), agent));
                }
            }
        }
        new LdapTool(PRODUCT).add(ldif);
        measure("API, status of 3,000 agents", round -> "/status");
        try (var browser = new Browser(PRODUCT.url(), 1360, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            for (String query : List.of("", "?text=wide1&state=unreachable", "?servers-page=4")) {
                var nanos = new long[40];
                for (int round = 0; round < nanos.length; round++) {
                    nanos[round] = browser.open("/running" + query).serverNanos();
                }
                System.out.println("page, wanted and running" + query + ": " + Spread.of(nanos));
            }
            measurePage(browser, "page, one of these servers", this::anyServer);
            measurePage(browser, "page, an agent of one of them", () -> "cn=SMTP Agent," + anyServer());
        }
    }

    private String anyServer() {
        return "ou=wide%03d,%s".formatted(random.nextInt(SERVERS), SERVICES);
    }

    private static void createServer(String name) {
        var options = Json.createObjectBuilder()
                .add("hostServer", "cn=far,o=Acme,dc=posthouse")
                .add("postmaster", "cn=admin,ou=people,o=Acme,dc=posthouse")
                .add("officialDomain", name + ".example");
        API.create(Json.createObjectBuilder()
                .add("kind", "MESSAGING_SERVER")
                .add("parent", SERVICES)
                .add("name", name)
                .add("options", options)
                .add("agents", Json.createArrayBuilder(List.of("NMAP_AGENT", "SMTP_AGENT", "POP_AGENT", "IMAP_AGENT")))
                .build());
    }

    private static void measure(String what, IntFunction<String> path) {
        var nanos = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            String asked = path.apply(round);
            long begun = System.nanoTime();
            API.get(asked);
            nanos[round] = System.nanoTime() - begun;
        }
        System.out.println(what + ": " + Spread.of(nanos));
    }

    private interface Named {
        String dn();
    }

    private static void measurePage(Browser browser, String what, Named object) {
        measurePage(browser, what, object, "");
    }

    private static void measurePage(Browser browser, String what, Named object, String more) {
        var nanos = new long[40];
        for (int round = 0; round < nanos.length; round++) {
            nanos[round] =
                    browser.open("/object?dn=" + Api.quoted(object.dn()) + more).serverNanos();
        }
        System.out.println(what + ": " + Spread.of(nanos));
    }
}
