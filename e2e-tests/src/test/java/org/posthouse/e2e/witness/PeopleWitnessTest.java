package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.SERVER;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LdapTool;
import org.posthouse.e2e.world.Product;

/** Compares what plans say about people with what then happens at RCPT and at login. */
class PeopleWitnessTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String ACME = "o=Acme,dc=posthouse";
    private static final String SMTP = "cn=SMTP Agent," + SERVER;
    private static final String NMAP = "cn=NMAP Agent," + SERVER;
    private static final String IMAP = "cn=IMAP Agent," + SERVER;
    private static final String POP = "cn=POP Agent," + SERVER;
    private static final String ADMINISTRATORS = "cn=Administrators,o=Internet Services,dc=posthouse";
    private static final String HOSTED = "pgil@people-hosted.example";
    private static final Set<String> PLAIN = Set.of(Product.ADMIN, "panna", "pbob");
    private static final Set<String> USERS = Set.of(Product.ADMIN, "panna", "pbob", HOSTED);

    @TempDir
    private static Path folder;

    private static Product product;
    private static Api api;

    @BeforeAll
    static void makeUsers() {
        product = Product.start(folder.resolve("home")).setUp("--no-tls");
        api = product.api();
        api.change(SMTP, "hostingDomains", List.of("people-hosted.example"));
        api.change(SMTP, "globalDomains", List.of("people-second.example"));
        USERS.stream()
                .filter(user -> !user.equals(Product.ADMIN))
                .forEach(user -> api.createUser(PEOPLE, user, Installed.SECRET));
        Await.until(
                "all of them get mail and sign in",
                SOON,
                () -> takes("example.com").equals(USERS) && logins().equals(USERS));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    private static String dn(String user) {
        return "cn=" + user + "," + PEOPLE;
    }

    private static JsonValue text(String value) {
        return Json.createValue(value);
    }

    private static JsonArray list(String... values) {
        return Json.createArrayBuilder(List.of(values)).build();
    }

    /** The users of whom a plan says something; {@code where} is a domain, server, or protocol, or "". */
    private static Set<String> told(String dn, String option, JsonValue value, String effect, String where) {
        return told(plan(dn, option, value), effect, where);
    }

    private static JsonObject plan(String dn, String option, JsonValue value) {
        return api.call(
                        "PATCH",
                        "/objects?plan&dn=" + Api.quoted(dn),
                        Json.createObjectBuilder()
                                .add("revision", api.object(dn).getJsonNumber("revision"))
                                .add("options", Json.createObjectBuilder().add(option, value))
                                .build())
                .insist(200)
                .json()
                .getJsonObject("people");
    }

    private static Set<String> told(JsonObject people, String effect, String where) {
        var told = new TreeSet<String>();
        for (JsonObject change : people.getJsonArray("changes").getValuesAs(JsonObject.class)) {
            if (change.getString("effect").equals(effect)
                    && change.getString("where").equals(where)
                    && change.getString("kind").equals("USER")) {
                change.getJsonArray("some").getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .map(named -> USERS.stream()
                                .filter(user -> named.equalsIgnoreCase(dn(user)))
                                .findFirst()
                                .orElse(named))
                        .forEach(told::add);
                assertEquals(told.size(), change.getInt("number"), change.toString());
            }
        }
        return told;
    }

    private static String reply(String recipient) throws IOException {
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            smtp.smtp("MAIL FROM:<a@b.example>");
            return smtp.smtp("RCPT TO:<" + recipient + ">");
        }
    }

    /** The users whose mail is taken: plain names in this domain, the others as they are. */
    private static Set<String> takes(String domain) throws IOException {
        var taken = new TreeSet<String>();
        for (String user : USERS) {
            if (reply(user.contains("@") ? user : user + "@" + domain).startsWith("250")) {
                taken.add(user);
            }
        }
        return taken;
    }

    private static String password(String user) {
        return user.equals(Product.ADMIN) ? Product.PASSWORD : Installed.SECRET;
    }

    private static Set<String> logins() throws IOException {
        var able = new TreeSet<String>();
        for (String user : USERS) {
            if (imap(user)) {
                able.add(user);
            }
        }
        return able;
    }

    private static boolean imap(String user) throws IOException {
        try (Dialogue imap = Dialogue.with("127.0.0.1", product.port(143))) {
            imap.line();
            return imap.imap("a1", "LOGIN \"" + user + "\" \"" + password(user) + "\"")
                    .getLast()
                    .startsWith("a1 OK");
        }
    }

    private static boolean pop(String user) throws IOException {
        try (Dialogue pop = Dialogue.with("127.0.0.1", product.port(110))) {
            pop.line();
            return pop.say("USER " + user).line().startsWith("+OK")
                    && pop.say("PASS " + password(user)).line().startsWith("+OK");
        }
    }

    private static int console(String user) {
        return api.call(
                        "POST",
                        "/sign-in",
                        Json.createObjectBuilder()
                                .add("user", user)
                                .add("password", password(user))
                                .build())
                .code();
    }

    private static Set<String> without(Set<String> gone) {
        return USERS.stream().filter(user -> !gone.contains(user)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Changes an option; what waits to be confirmed is kept. */
    private static void change(String dn, String option, JsonValue value) {
        keep(api.change(dn, option, value));
    }

    /** Has an agent start or stop at once. */
    private static void enable(String agent, boolean enabled) {
        keep(api.call(
                        "PATCH",
                        "/objects?dn=" + Api.quoted(agent),
                        Json.createObjectBuilder()
                                .add("revision", api.object(agent).getJsonNumber("revision"))
                                .add("options", Json.createObjectBuilder().add("enabled", enabled))
                                .add("now", true)
                                .add("grace", 0)
                                .build())
                .insist(200)
                .json());
    }

    private static void keep(JsonObject changed) {
        List<JsonObject> waiting =
                api.get("/confirmations").getJsonArray("confirmations").getValuesAs(JsonObject.class);
        assertEquals(!waiting.isEmpty(), changed.containsKey("confirm"), changed.toString());
        waiting.forEach(each -> api.call("POST", "/confirmations/" + each.getString("id"), JsonValue.NULL)
                .insist(200));
    }

    /** Changes an option, sees mail and logins go exactly as the plan said, and puts it back. */
    private static void holds(String dn, String option, JsonValue value, JsonValue before) {
        Set<String> noMail = told(dn, option, value, "loses_mail", "");
        Set<String> noLogin = told(dn, option, value, "loses_login", "");
        change(dn, option, value);
        Await.until(
                option + ": mail as planned", SOON, () -> takes("example.com").equals(without(noMail)));
        Await.until(option + ": logins as planned", SOON, () -> logins().equals(without(noLogin)));
        change(dn, option, before);
        Await.until("all is as before", SOON, () -> takes("example.com").equals(USERS) && logins().equals(USERS));
    }

    @Test
    void aManagedContextThatGoesTakesAllTheyHave() {
        JsonArray before = api.object(NMAP).getJsonObject("options").getJsonArray("contexts");
        assertEquals(USERS, told(NMAP, "contexts", list(), "loses_mail", ""));
        holds(NMAP, "contexts", list(), before);
    }

    @Test
    void aHostingDomainThatGoesTakesMailAndLoginOfItsUsers() {
        assertEquals(Set.of(HOSTED), told(SMTP, "hostingDomains", list(), "loses_mail", ""));
        assertEquals(Set.of(HOSTED), told(SMTP, "hostingDomains", list(), "loses_login", ""));
        holds(SMTP, "hostingDomains", list(), list("people-hosted.example"));
    }

    @Test
    void aGlobalDomainThatGoesTakesItsAddresses() throws IOException {
        Set<String> gone = told(SMTP, "globalDomains", list(), "loses_mail_in_domain", "people-second.example");
        assertEquals(PLAIN, gone);
        Await.until("they are taken", SOON, () -> takes("people-second.example").equals(USERS));
        change(SMTP, "globalDomains", list());
        Await.until(
                "they are refused", SOON, () -> takes("people-second.example").equals(without(gone)));
        change(SMTP, "globalDomains", list("people-second.example"));
    }

    @Test
    void anotherOfficialDomainTakesTheAddressesOfTheOldOne() {
        Set<String> gone =
                told(SERVER, "officialDomain", text("people-new.example"), "loses_mail_in_domain", "example.com");
        assertEquals(PLAIN, gone);
        assertEquals(
                gone,
                told(
                        SERVER,
                        "officialDomain",
                        text("people-new.example"),
                        "gains_mail_in_domain",
                        "people-new.example"));
        change(SERVER, "officialDomain", text("people-new.example"));
        Await.until("they are refused", SOON, () -> takes("example.com").equals(without(gone)));
        Await.until(
                "and taken in the new one",
                SOON,
                () -> takes("people-new.example").equals(USERS));
        change(SERVER, "officialDomain", text("example.com"));
        Await.until("all is as before", SOON, () -> takes("example.com").equals(USERS));
    }

    @Test
    void aDisabledUserLosesMailAndLogin() {
        assertEquals(Set.of("pbob"), told(dn("pbob"), "enabled", JsonValue.FALSE, "loses_mail", ""));
        holds(dn("pbob"), "enabled", JsonValue.FALSE, JsonValue.TRUE);
    }

    @Test
    void aDisabledImapAgentTakesTheLoginOverImapAndNoMail() {
        JsonObject people = plan(IMAP, "enabled", JsonValue.FALSE);
        assertEquals(Set.of(), told(people, "loses_mail", ""));
        assertEquals(Set.of(), told(people, "loses_login", ""));
        assertEquals(USERS, told(people, "loses_protocol", "IMAP"));
        enable(IMAP, false);
        Await.until("nobody listens", SOON, () -> !Dialogue.greets("127.0.0.1", product.port(143), "* OK"));
        Await.until("mail and POP go on", SOON, () -> takes("example.com").equals(USERS) && pop("pbob"));
        enable(IMAP, true);
        Await.until("it is back", SOON, () -> logins().equals(USERS));
    }

    @Test
    void aDisabledPopAgentTakesTheLoginOverPop() {
        assertEquals(USERS, told(POP, "enabled", JsonValue.FALSE, "loses_protocol", "POP"));
        enable(POP, false);
        Await.until("nobody listens", SOON, () -> !Dialogue.greets("127.0.0.1", product.port(110), "+OK"));
        enable(POP, true);
        Await.until("it is back", SOON, () -> pop("pbob"));
    }

    @Test
    void aDisabledSmtpAgentTakesTheMailAndNoLoginOverImap() {
        JsonObject people = plan(SMTP, "enabled", JsonValue.FALSE);
        assertEquals(USERS, told(people, "loses_mail", ""));
        assertEquals(USERS, told(people, "loses_protocol", "SMTP"));
        assertEquals(Set.of(), told(people, "loses_login", ""));
        enable(SMTP, false);
        Await.until("nobody listens", SOON, () -> !Dialogue.greets("127.0.0.1", product.port(25), "220"));
        Await.until("the logins go on", SOON, () -> logins().equals(USERS));
        enable(SMTP, true);
        Await.until("it is back", SOON, () -> takes("example.com").equals(USERS));
    }

    @Test
    void whatElseGoesIsLostAtADisabledAgentThatStillRuns() throws IOException {
        change(SMTP, "enabled", JsonValue.FALSE);
        assertEquals(USERS, takes("example.com"));
        assertEquals(Set.of(HOSTED), told(SMTP, "hostingDomains", list(), "loses_mail", ""));
        holds(SMTP, "hostingDomains", list(), list("people-hosted.example"));
        assertEquals(Set.of(), told(SMTP, "enabled", JsonValue.TRUE, "gains_mail", ""));
        change(SMTP, "enabled", JsonValue.TRUE);
    }

    @Test
    void aDisabledNmapAgentTakesEverything() {
        JsonObject people = plan(NMAP, "enabled", JsonValue.FALSE);
        assertEquals(USERS, told(people, "loses_mail", ""));
        assertEquals(USERS, told(people, "loses_login", ""));
        enable(NMAP, false);
        Await.until("no mail is taken", SOON, () -> takesNothing() && nobodySignsIn());
        enable(NMAP, true);
        Await.until("all is as before", SOON, () -> takes("example.com").equals(USERS) && logins().equals(USERS));
    }

    // An agent that is stopped, or that has no mailboxes, refuses in one way or the other.
    private static boolean takesNothing() {
        try {
            return takes("example.com").isEmpty();
        } catch (IOException nobodyListens) {
            return true;
        }
    }

    private static boolean nobodySignsIn() {
        try {
            return logins().isEmpty();
        } catch (IOException nobodyListens) {
            return true;
        }
    }

    @Test
    void aDisabledAdministratorLosesTheConsoleToo() {
        JsonArray members = api.object(ADMINISTRATORS).getJsonObject("options").getJsonArray("members");
        change(
                ADMINISTRATORS,
                "members",
                Json.createArrayBuilder(members).add(dn("pbob")).build());
        assertEquals(200, console("pbob"));
        assertEquals(Set.of("pbob"), told(ADMINISTRATORS, "members", members, "loses_console", ""));
        assertEquals(Set.of("pbob"), told(dn("pbob"), "enabled", JsonValue.FALSE, "loses_console", ""));
        change(dn("pbob"), "enabled", JsonValue.FALSE);
        assertNotEquals(200, console("pbob"));
        change(dn("pbob"), "enabled", JsonValue.TRUE);
        assertEquals(200, console("pbob"));
        change(ADMINISTRATORS, "members", members);
        assertNotEquals(200, console("pbob"));
        Await.until("mail and login are as before", SOON, () -> logins().equals(USERS));
    }

    @Test
    void aDisabledOrDeletedUserLosesMailAndSoDoesTheAlias() {
        api.createUser(PEOPLE, "pcarl", Installed.SECRET);
        String alias = api.create(Json.createObjectBuilder()
                        .add("kind", "ALIAS")
                        .add("parent", PEOPLE)
                        .add("name", "pcharles")
                        .add("options", Json.createObjectBuilder().add("target", dn("pcarl")))
                        .build())
                .getString("dn");
        try {
            Await.until("both are taken", SOON, () -> startsWith("250", "pcarl", "pcharles"));
            assertEquals(Set.of("USER", "ALIAS"), losesMail(plan(dn("pcarl"), "enabled", JsonValue.FALSE)));
            change(dn("pcarl"), "enabled", JsonValue.FALSE);
            Await.until("both are refused", SOON, () -> startsWith("550", "pcarl", "pcharles"));
            change(dn("pcarl"), "enabled", JsonValue.TRUE);
            Await.until("both are taken again", SOON, () -> startsWith("250", "pcarl", "pcharles"));
            assertEquals(Set.of("USER", "ALIAS"), losesMail(planOfDeletion(dn("pcarl"))));
            api.delete(dn("pcarl")).insist(409);
        } finally {
            api.delete(alias).insist(204);
            api.delete(dn("pcarl")).insist(204);
        }
        Await.until("both are refused", SOON, () -> startsWith("550", "pcarl", "pcharles"));
    }

    private static boolean startsWith(String code, String... users) throws IOException {
        for (String user : users) {
            if (!reply(user + "@example.com").startsWith(code)) {
                return false;
            }
        }
        return true;
    }

    private static JsonObject planOfDeletion(String dn) {
        return api.call(
                        "DELETE",
                        "/objects?plan&dn=" + Api.quoted(dn) + "&revision="
                                + api.object(dn).getJsonNumber("revision").longValue(),
                        JsonValue.NULL)
                .insist(200)
                .json()
                .getJsonObject("people");
    }

    /** The kinds of objects that lose mail. */
    private static Set<String> losesMail(JsonObject people) {
        return people.getJsonArray("changes").getValuesAs(JsonObject.class).stream()
                .filter(change -> change.getString("effect").equals("loses_mail"))
                .map(change -> change.getString("kind"))
                .collect(Collectors.toSet());
    }

    @Test
    void aUserOutsideEveryContextIsToldBeforehandAndOnTheStatus() throws IOException {
        JsonObject plan = api.call("POST", "/objects?plan", dora()).insist(200).json();
        assertTrue(
                plan.getJsonObject("people").getJsonArray("changes").getValuesAs(JsonObject.class).stream()
                        .anyMatch(change -> change.getString("effect").equals("has_no_mail")),
                plan.toString());
        String dora = api.create(dora()).getString("dn");
        assertEquals("550", reply("pdora@example.com").substring(0, 3));
        Await.until("the status says why", SOON, () -> reasons("cn=pdora,").equals(Set.of("not_managed")));
        api.delete(dora).insist(204);
    }

    /** Why users whose distinguished names begin like this get no mail, as the status says. */
    private static Set<String> reasons(String beginning) {
        return api
                .get("/status")
                .getJsonObject("people")
                .getJsonArray("problems")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(problem -> problem.getJsonArray("some").getValuesAs(JsonString.class).stream()
                        .anyMatch(some -> some.getString().startsWith(beginning)))
                .map(problem -> problem.getString("reason"))
                .collect(Collectors.toSet());
    }

    private static JsonObject dora() {
        return Json.createObjectBuilder()
                .add("kind", "USER")
                .add("parent", ACME)
                .add("name", "pdora")
                .add("password", Installed.SECRET)
                .add("options", Json.createObjectBuilder().add("lastName", "pdora"))
                .build();
    }

    @Test
    void anotherPostmasterGetsTheMailAndLosesNothing() {
        String before = api.object(SERVER).getJsonObject("options").getString("postmaster");
        JsonObject plan = api.call(
                        "PATCH",
                        "/objects?plan&dn=" + Api.quoted(SERVER),
                        Json.createObjectBuilder()
                                .add("revision", api.object(SERVER).getJsonNumber("revision"))
                                .add("options", Json.createObjectBuilder().add("postmaster", dn("pbob")))
                                .build())
                .insist(200)
                .json();
        JsonObject postmaster =
                plan.getJsonObject("people").getJsonArray("postmasters").getJsonObject(0);
        assertEquals(dn("pbob"), postmaster.getString("after"));
        change(SERVER, "postmaster", text(dn("pbob")));
        Await.until("postmaster is pbob", SOON, () -> vrfy().contains("pbob"));
        change(SERVER, "postmaster", text(before));
    }

    private static String vrfy() throws IOException {
        api.change(SMTP, "allowVrfy", JsonValue.TRUE);
        try (Dialogue smtp = Dialogue.with("127.0.0.1", product.port(25))) {
            smtp.reply();
            smtp.smtp("EHLO client.example");
            return smtp.smtp("VRFY postmaster");
        }
    }

    @Test
    void whoLeavesAGroupNoLongerGetsItsMail() throws IOException {
        String group = dn("pstaff");
        Path ldif = folder.resolve("group.ldif");
        Files.writeString(
                ldif,
                "dn: %s\nobjectClass: groupOfNames\ncn: pstaff\nmember: %s\nmember: %s\n"
                        .formatted(group, dn("panna"), dn("pbob")));
        new LdapTool(product).add(ldif);
        Await.until("the group gets mail", SOON, () -> startsWith("250", "pstaff"));
        try {
            JsonObject people = plan(group, "members", list(dn("pbob")));
            assertEquals(Set.of("panna"), told(people, "loses_group_mail", "pstaff"));
            assertEquals(Set.of(), told(people, "loses_mail", ""));
            change(group, "members", list(dn("pbob")));
            Await.until("the group is left with pbob", SOON, () -> {
                int before = inbox("panna");
                int mark = inbox("pbob") + 2;
                Mail.send(product.port(25), "a@b.example", "pstaff@example.com", "to the group", "x");
                Mail.send(product.port(25), "a@b.example", "panna@example.com", "to panna", "x");
                Mail.send(product.port(25), "a@b.example", "pbob@example.com", "to pbob", "x");
                Await.until("all is delivered", SOON, () -> inbox("pbob") == mark && inbox("panna") > before);
                return inbox("panna") == before + 1;
            });
        } finally {
            api.delete(group).insist(204);
        }
    }

    private static int inbox(String user) throws IOException {
        return Mail.inbox(product.port(143), user, password(user));
    }

    @Test
    void anotherMessageStoreLeavesTheMailBehind() throws IOException {
        Mail.send(product.port(25), "a@b.example", "pbob@example.com", "stays behind", "x");
        Await.until("it is delivered", SOON, () -> inbox("pbob") > 0);
        int before = inbox("pbob");
        String store = api.object(NMAP).getJsonObject("options").getString("messageStore");
        JsonObject people = plan(NMAP, "messageStore", text("pstore"));
        assertEquals(USERS, told(people, "leaves_mailbox", "mail1 (" + store + ")"));
        assertEquals(Set.of(), told(people, "loses_mail", ""));
        change(NMAP, "messageStore", text("pstore"));
        Await.until("the mailbox is empty", SOON, () -> hasInbox("pbob", 0));
        change(NMAP, "messageStore", text(store));
        Await.until("the mail is back", SOON, () -> hasInbox("pbob", before) && logins().equals(USERS));
    }

    // While the agents restart, nobody listens.
    private static boolean hasInbox(String user, int messages) {
        try {
            return inbox(user) == messages;
        } catch (IOException | AssertionError restarting) {
            return false;
        }
    }

    @Test
    void aHostWithoutAnEngineTakesEverything() {
        String host = api.object(SERVER).getJsonObject("options").getString("hostServer");
        String other = api.create(Json.createObjectBuilder()
                        .add("kind", "HOST_SERVER")
                        .add("parent", ACME)
                        .add("name", "phost")
                        .build())
                .getString("dn");
        JsonObject people = plan(SERVER, "hostServer", text(other));
        assertEquals(USERS, told(people, "loses_mail", ""));
        assertEquals(USERS, told(people, "loses_login", ""));
        change(SERVER, "hostServer", text(other));
        Await.until("no mail is taken", SOON, () -> takesNothing() && nobodySignsIn());
        change(SERVER, "hostServer", text(host));
        Await.until("all is as before", SOON, () -> takes("example.com").equals(USERS) && logins().equals(USERS));
        api.delete(other).insist(204);
    }

    @Test
    void withoutDistributedProcessingMailForUsersOfAnotherServerIsRefused() {
        String side = api.create(Json.createObjectBuilder()
                        .add("kind", "ORGANIZATIONAL_UNIT")
                        .add("parent", ACME)
                        .add("name", "pside")
                        .build())
                .getString("dn");
        String user = api.createUser(side, "psid", Installed.SECRET).getString("dn");
        String server = api.create(sideServer()).getString("dn");
        try {
            api.create(Json.createObjectBuilder()
                    .add("kind", "NMAP_AGENT")
                    .add("parent", server)
                    .add(
                            "options",
                            Json.createObjectBuilder()
                                    .add("contexts", list(side))
                                    .add("messageStore", "store-pmail2"))
                    .build());
            Await.until("mail1 takes it", SOON, () -> startsWith("250", "psid"));
            JsonObject people = plan(SERVER, "distributedProcessing", JsonValue.FALSE);
            assertEquals(Set.of(user.toLowerCase(Locale.ROOT)), lowercase(told(people, "loses_mail", "")));
            change(SERVER, "distributedProcessing", JsonValue.FALSE);
            Await.until("mail1 refuses it", SOON, () -> startsWith("550", "psid"));
            assertEquals(USERS, takes("example.com"));
            change(SERVER, "distributedProcessing", JsonValue.TRUE);
            Await.until("mail1 takes it again", SOON, () -> startsWith("250", "psid"));
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        } finally {
            api.delete(server).insist(204);
            api.delete(user).insist(204);
            api.delete(side).insist(204);
        }
    }

    private static Set<String> lowercase(Set<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static JsonObject sideServer() {
        JsonObject options = api.object(SERVER).getJsonObject("options");
        return Json.createObjectBuilder()
                .add("kind", "MESSAGING_SERVER")
                .add("parent", "o=Internet Services,dc=posthouse")
                .add("name", "pmail2")
                .add(
                        "options",
                        Json.createObjectBuilder()
                                .add("hostServer", options.getString("hostServer"))
                                .add("postmaster", options.getString("postmaster"))
                                .add("officialDomain", "people-side.example")
                                .add("ipAddress", "127.0.0.2")
                                .add("forceIpAddress", true)
                                .add("forceBind", true))
                .build();
    }
}
