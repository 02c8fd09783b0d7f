package org.posthouse.webadmin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs commands against a console that answers as told. */
class CliTest {

    private static final String OBJECT = """
            {"dn":"cn=SMTP Agent,ou=mail1","name":"SMTP Agent","label":"SMTP Agent","kind":"SMTP_AGENT","revision":7,
             "options":{"port":25,"globalDomains":["a.org","b.org"]},"attributes":{},"problems":[]}""";

    @TempDir
    Path folder;

    private HttpServer console;
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int status = 200;

    @BeforeEach
    void listen() throws IOException {
        Files.writeString(folder.resolve("token"), "t0ken\n");
        console = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        console.createContext("/api/", exchange -> {
            String request = exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath().substring("/api/".length());
            asked.add(request + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answers.getOrDefault(request, OBJECT).getBytes(StandardCharsets.UTF_8);
            boolean signed = "Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(signed ? (request.startsWith("GET") ? 200 : status) : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        console.start();
    }

    @AfterEach
    void stop() {
        console.stop(0);
    }

    private String run(String... words) {
        out.reset();
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", "http://127.0.0.1:" + console.getAddress().getPort() + "/"));
        all.addAll(List.of("--token-file", folder.resolve("token").toString()));
        Cli.run(all, new PrintStream(out, true, StandardCharsets.UTF_8));
        return printed();
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void oneOptionIsPrintedForScripts() {
        assertEquals("a.org\nb.org\n", run("get", "cn=SMTP Agent,ou=mail1", "globalDomains"));
        assertEquals("25\n", run("get", "cn=SMTP Agent,ou=mail1", "port"));
        try (var reader = Json.createReader(new StringReader(run("get", "cn=x", "--json")))) {
            assertEquals(7, reader.readObject().getInt("revision"));
        }
    }

    @Test
    void aNameMayHoldAnEqualsSign() {
        run("create", "user", "a+b,c=<x>", "--in", "ou=people,o=Acme", "lastName=#x");
        assertTrue(asked.getLast().contains("\"name\":\"a+b,c=<x>\""), asked::getLast);
    }

    @Test
    void aChangeCarriesTheRevisionSeenAndListsAreChangedByValue() {
        run("set", "cn=SMTP Agent,ou=mail1", "port=2525", "globalDomains+=c.org", "globalDomains-=a.org");
        String change = asked.getLast();
        assertTrue(change.startsWith("PATCH objects {\"revision\":7,"), change);
        assertTrue(change.contains("\"port\":[\"2525\"]"), change);
        assertTrue(change.contains("\"globalDomains\":[\"b.org\",\"c.org\"]"), change);
    }

    @Test
    void removingAValueThatIsNotThereIsRefusedAndNamesWhatIs() {
        var refused = assertThrows(Failure.class, () -> run("set", "cn=SMTP Agent,ou=mail1", "globalDomains-=c.org"));
        assertEquals(Failure.REFUSED, refused.code());
        assertEquals(
                "globalDomains does not contain \"c.org\", so nothing was changed. Its values: a.org, b.org",
                refused.getMessage());
        assertTrue(asked.stream().noneMatch(request -> request.startsWith("PATCH")), asked::toString);
        assertThrows(Failure.class, () -> run("set", "cn=x", "globalDomains-=a.org", "globalDomains-=a.org"));
    }

    @Test
    void aSecretComesOutOfAFile(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
            throws java.io.IOException {
        var file = java.nio.file.Files.writeString(folder.resolve("community"), "not public\n");
        run("set", "cn=x", "--secret", "snmpCommunity=" + file);
        assertTrue(asked.getLast().contains("\"snmpCommunity\":\"not public\""), asked::getLast);
    }

    @Test
    void aReasonThatIsASentenceIsSetOffFromWhatItIsAbout() {
        status = 422;
        answers.put("PATCH objects", """
                {"error":"refused","problems":[{"line":22,"object":"SMTP Agent","reason":"The ports must differ."}]}""");
        var refused = assertThrows(Failure.class, () -> run("set", "cn=x", "port=1"));
        assertEquals("line 22: SMTP Agent: The ports must differ.", refused.getMessage());
    }

    @Test
    void aRefusalNamesOptionValueAndReasonAndEndsWithItsCode() {
        status = 422;
        answers.put("PATCH objects", """
                {"error":"refused","problems":[{"option":"port","label":"Port","value":"x","reason":"is not a whole number"}]}""");
        var refused = assertThrows(Failure.class, () -> run("set", "cn=x", "port=x"));
        assertEquals("Port (port) \"x\" is not a whole number", refused.getMessage());
        assertEquals(Failure.REFUSED, refused.code());
        status = 409;
        answers.put("PATCH objects", "{\"error\":\"conflict\",\"reason\":\"x was changed\"}");
        assertEquals(
                Failure.CONFLICT,
                assertThrows(Failure.class, () -> run("set", "cn=x", "port=1")).code());
    }

    @Test
    void anObjectIsFoundByItsPath() {
        answers.put("GET objects/children", """
                {"entries":[{"dn":"o=Internet Services,dc=x","name":"Internet Services"}],"next":""}""");
        run("get", "internet services");
        assertTrue(asked.getFirst().startsWith("GET objects/children"), asked::toString);
        assertTrue(asked.getLast().startsWith("GET objects "), asked::toString);
    }

    @Test
    void nothingIsDeletedUnlessItIsSaid() {
        assertEquals(
                Failure.USAGE,
                assertThrows(Failure.class, () -> run("delete", "cn=x")).code());
        assertTrue(asked.stream().noneMatch(request -> request.startsWith("DELETE")), asked::toString);
        answers.put("DELETE objects", "");
        run("delete", "cn=x", "--yes");
        assertTrue(asked.getLast().startsWith("DELETE objects"), asked::toString);
    }

    @Test
    void aPlanIsPrintedInWordsAndNothingElseIsAsked() {
        answers.put("PATCH objects", plan(true, ""));
        String said = run("set", "cn=x", "port=2626", "--plan");
        assertTrue(said.startsWith("1 change: 1 agent restarts, 12 sessions affected"), said);
        assertTrue(said.contains("SMTP Agent: port  25 -> 2626  (rebinds the port)"), said);
        assertTrue(said.contains("SMTP Agent of mail1 on host1: drains its sessions and restarts (12 sessions)"), said);
        assertTrue(
                said.contains("! the engine of host1 is unavailable (refused); it applies the change when it is back"),
                said);
    }

    @Test
    void aPlanThatCannotBeCarriedOutEndsWithTwo() {
        answers.put("PATCH objects", plan(false, """
                {"dn":"cn=x","name":"x","option":"port","label":"Port","value":"0","reason":"must be 1 or more"}"""));
        assertEquals(
                2,
                assertThrows(Failure.class, () -> run("set", "cn=x", "port=0", "--plan"))
                        .code());
    }

    private static String plan(boolean sound, String problem) {
        return """
                {"summary":"1 change: 1 agent restarts, 12 sessions affected","steps":1,"sound":%s,"made":[],"removed":[],"sessions":12,"mailboxes":{},"dependents":[],
                 "changes":[{"dn":"cn=x","name":"SMTP Agent","kind":"SMTP_AGENT","page":"smtp-options","option":"port",
                   "label":"Port","effect":"REBIND","before":["25"],"after":["2626"],"added":[],"removed":[]}],
                 "touches":[{"dn":"cn=x","name":"SMTP Agent","kind":"SMTP_AGENT","server":"ou=mail1,o=x",
                   "host":"cn=host1,o=x","does":"restart","sessions":12}],
                 "problems":[%s],
                 "warnings":[{"dn":"ou=mail1","name":"mail1","option":"","about":"engine_silent","value":"host1",
                   "reason":"refused"}]}""".formatted(sound, problem);
    }

    @Test
    void aLargePlanNamesAFewOfEachKindAndCountsTheOthers() {
        String made = IntStream.range(0, 10_000)
                .mapToObj(number ->
                        "{\"dn\":\"cn=u%d,o=x\",\"name\":\"u%d\",\"kind\":\"USER\"}".formatted(number, number))
                .collect(Collectors.joining(","));
        answers.put(
                "PATCH objects",
                plan(true, "")
                        .replace(
                                "\"made\":[]",
                                "\"made\":[" + made + ",{\"dn\":\"o=x\",\"name\":\"x\",\"kind\":\"ORGANIZATION\"}]"));
        String said = run("set", "cn=x", "port=2626", "--plan");
        assertTrue(said.contains("""
                  + cn=u0,o=x
                  + cn=u1,o=x
                  + cn=u2,o=x
                    ... and 9997 more of type user
                  + o=x
                """), said);
        assertTrue(said.lines().count() < 20, said);
    }

    @Test
    void whatLagsIsListedWithEachValueThatIsNotInForce() {
        answers.put(
                "GET status",
                status("refuses", "obeys", "")
                        .replace(
                                "\"sessions\":0,\"agents\"",
                                "\"sessions\":0,\"refusals\":[{\"option\":\"dbfDirectory\",\"label\":\"DBF Directory\",\"value\":\"/full\",\"reason\":\"is full\","
                                        + "\"revision\":9}],\"agents\"")
                        .replace("\"hosts\":[]", """
                                "hosts":[],"attention":[
                                 {"severity":"filling","reason":"diskLow","sentence":"The disk of host1 is full.","page":"/"},
                                 {"severity":"people","reason":"people","sentence":"1 user has no mailbox.","page":"/"}]"""));
        var said = assertThrows(Failure.class, () -> run("status", "--lagging"));
        assertEquals("2 entries need attention", said.getMessage());
        assertTrue(printed().contains("DBF Directory \"/full\": is full (revision 9)"), printed());
        assertTrue(printed().contains("disk space   The disk of host1 is full."), printed());
        assertFalse(printed().contains("no mailbox"), printed());
    }

    @ParameterizedTest
    @CsvSource({"lags,obeys", "refuses,obeys", "unreachable,unreachable", "obeys,lags", "rests,unreachable"})
    void whatDoesNotObeyEndsWithOneAndIsPrinted(String server, String agent) {
        answers.put("GET status", status(server, agent, ""));
        var failure = assertThrows(Failure.class, () -> run("status", "--lagging"));
        assertEquals(Failure.REFUSED, failure.code());
        run("status");
    }

    @ParameterizedTest
    @CsvSource({"obeys,obeys", "obeys,rests", "rests,rests"})
    void nothingToCareForEndsWithNoughtAndPrintsNoneOfIt(String server, String agent) {
        answers.put("GET status", status(server, agent, ""));
        assertEquals("1 server and 1 agent: 0 in sync\n", run("status", "--lagging"));
    }

    @Test
    void anObjectThatCannotBeUnderstoodIsNoLessATrouble() {
        answers.put("GET status", status("obeys", "obeys", "{\"dn\":\"ou=mail2\",\"problems\":[]}"));
        assertEquals(
                Failure.REFUSED,
                assertThrows(Failure.class, () -> run("status", "--lagging")).code());
    }

    private static String status(String server, String agent, String broken) {
        return """
                {"revision":9,"agents":{"all":1},"parts":{"servers":1,"agents":1},"hosts":[],"broken":[%s],"servers":[
                  {"dn":"ou=mail1","name":"mail1","verdict":"%s","state":"running","wanted":9,"obeyed":8,"reason":"",
                   "host":"cn=host1","sessions":0,"agents":[
                    {"dn":"cn=SMTP Agent","kind":"SMTP_AGENT","verdict":"%s","state":"running","wanted":9,"obeyed":9,
                     "reason":"","listening":[],"figures":{},"notes":[]}]}]}""".formatted(broken, server, agent);
    }

    @Test
    void aConsoleThatIsNotThereIsSaid() {
        console.stop(0);
        assertEquals(
                Failure.UNREACHABLE,
                assertThrows(Failure.class, () -> run("get")).code());
        assertEquals(
                Failure.USAGE,
                assertThrows(Failure.class, () -> run("get", "--nonsense")).code());
    }
}
