package org.posthouse.webadmin.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostileFilesTest {

    private static final String HEAD = "posthouse: 1\nobjects:\n";

    private static List<Fault> faults(byte[] file) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThrows(Faulty.class, () -> read(file)).faults());
    }

    private static Document read(byte[] file) {
        var faults = new ArrayList<Fault>();
        Document document = Document.read(file, faults);
        if (!faults.isEmpty()) {
            throw new Faulty(faults);
        }
        return document;
    }

    private static Fault fault(String file) {
        return faults(file.getBytes(StandardCharsets.UTF_8)).getFirst();
    }

    private static void says(String file, int line, String words) {
        Fault fault = fault(file);
        assertTrue(fault.toString().contains(words), fault::toString);
        assertEquals(line, fault.line(), fault::toString);
    }

    @Test
    void whatIsTooLargeIsNotRead() {
        says("x".repeat((8 << 20) + 1), 0, "more than 8 MiB");
        says(HEAD + "- [" + "a,".repeat(600_000) + "]", 3, "more than 500000 values");
    }

    @Test
    void ofVeryManyProblemsTheFirstAreToldAndHowManyFollow() {
        var file = new StringBuilder(HEAD);
        for (int number = 0; number < 20_000; number++) {
            file.append("- kind: Nonsense\n");
        }
        List<Fault> faults = faults(file.toString().getBytes(StandardCharsets.UTF_8));
        assertEquals(201, faults.size());
        assertEquals(
                "The file has 19,800 more problems. Correct these first.",
                faults.getLast().reason());
        assertEquals(203, faults.getLast().line());
    }

    @Test
    void whatIsTooDeepIsNotRead() {
        says("[".repeat(100_000), 1, "nested more than 64 deep");
        says("- ".repeat(1_000) + "a", 1, "nested more than 64 deep");
        says("{a: ".repeat(50_000), 1, "nested more than 64 deep");
    }

    @Test
    void nothingGrowsByBeingPointedAt() {
        says("posthouse: 1\na: &a [x]\nb: [*a, *a]\n", 2, "Anchors and aliases");
        says("posthouse: 1\nb: *a\n", 2, "Anchors and aliases");
    }

    @Test
    void nothingBecomesAnObjectOfAProgram() {
        says("posthouse: 1\nobjects: !!javax.script.ScriptEngineManager []\n", 2, "Tags such as");
        says("posthouse: !!int 1\n", 1, "Tags such as");
    }

    @Test
    void aNameStandsOnce() {
        says("posthouse: 1\nobjects: []\nobjects: []\n", 3, "is here and on line 2");
        says(
                HEAD + "- kind: Host Server\n  place: cn=a,o=b\n- kind: Host Server\n  place: CN=A,o=B\n",
                5,
                "and on line 3");
    }

    @Test
    void tabsAreTold() {
        says("posthouse: 1\nobjects:\n\t- kind: User\n", 3, "tab");
    }

    @Test
    void lineEndsAndAByteOrderMarkDoNotMatter() {
        String file = "\uFEFFposthouse: 1\r\nobjects:\r\n- kind: Host Server\r\n  place: cn=a,o=b\r\n";
        Document document = read(file.getBytes(StandardCharsets.UTF_8));
        assertEquals("a", document.objects().getFirst().name());
        assertEquals(3, document.objects().getFirst().line());
    }

    @Test
    void anotherEncodingIsTold() {
        byte[] latin = "posthouse: 1\nobjects:\n- name: Köln\n".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(3, faults(latin).getFirst().line());
        assertTrue(faults(latin).getFirst().reason().contains("UTF-8"));
        assertTrue(faults("posthouse: 1\n".getBytes(StandardCharsets.UTF_16))
                .getFirst()
                .reason()
                .contains("UTF-8"));
    }

    @Test
    void whatIsNoConfigurationIsTold() {
        says("", 1, "empty");
        says("just a text", 1, "posthouse: 1");
        says("posthouse: 2\nobjects: []\n", 1, "posthouse: 1");
        says("posthouse: 1\nobjects: []\n---\nposthouse: 1\n", 3, "second document");
        says("posthouse: 1\nobjects: {}\n", 2, "list of objects");
        says("posthouse: 1\nobject: []\n", 1, "objects");
        says("posthouse: 1\nobjects: []\n\u0000", 3, "control character");
        says(HEAD + "- just: this\n", 3, "requires its kind");
        says(HEAD + "- [User]\n", 3, "must begin with its kind");
        says(HEAD + "- kind: [User]\n  place: cn=a\n", 3, "must be a text, not a list");
    }

    @Test
    void everythingWrongIsToldAtOnceWithWhatMayBeMeant() {
        List<Fault> faults = faults((HEAD + """
                - kind: SMTP Agnet
                  place: cn=a,o=b
                - kind: SMTP Agent
                  place: cn=SMTP Agent,ou=c,o=b
                  options:
                    prot: 25
                    globalDomains: {a: b}
                  contain: []
                - kind: Messaging Server
                  place: not a name
                - kind: Organization
                  place: o=x
                  contains:
                  - kind: SMTP Agent
                  - kind: User
                    name: "a\\tb"
                  - kind: User
                """).getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of(3, 8, 9, 10, 12, 16, 18, 19),
                faults.stream().map(Fault::line).toList(),
                faults::toString);
        assertTrue(faults.get(0).reason().contains("did you mean \"SMTP Agent\"?"));
        assertTrue(faults.get(1).reason().contains("did you mean \"port\"?"));
        assertTrue(faults.get(3).reason().contains("did you mean \"contains\"?"));
        assertTrue(faults.get(5).reason().contains("SMTP Agent objects cannot be created in Organization objects"));
    }
}
