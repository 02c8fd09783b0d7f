package org.posthouse.webadmin.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.tree.Kind;

class ReasonsTest {

    private static final Path TABLE = Path.of("src/main/resources/org/posthouse/webadmin/words/reasons_de.tsv");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            is required | ist erforderlich
            is a Hosting Domain of mail2 | ist eine Hosting Domain von mail2
            bob already exists | bob gibt es schon
            The folder /x cannot be used: /x: permission denied. | Der Ordner /x kann nicht verwendet werden: /x: keine Berechtigung.
            Port: cannot listen on 127.0.0.1:25: the port is in use by another program. It keeps its previous port. | \
            Port: kann nicht auf 127.0.0.1:25 lauschen: Der Port wird von einem anderen Programm verwendet. Der bisherige Port bleibt in Betrieb.
            This license expired: its last day was 2026-11-29. | Diese Lizenz ist abgelaufen: Ihr letzter Tag war der 2026-11-29.
            License: the Basic license of Acme, serial 7 expires in 9 days. Then only Foundation features start. | \
            Lizenz: die Basic-Lizenz von Acme (Seriennummer 7) läuft in 9 Tagen ab. Danach starten nur noch Funktionen von Foundation.
            ca.example says: too many requests | ca.example meldet: too many requests
            ca.example does not answer in time. | ca.example antwortet nicht rechtzeitig.
            mail.example.com was not verified: no reason was given | mail.example.com wurde nicht bestätigt: ohne Angabe eines Grundes
            something that no table has | something that no table has
            """)
    void aReasonIsInTheLanguageOfThePage(String english, String german) {
        assertEquals(german, Reasons.in(Locale.GERMAN, english));
        assertEquals(english, Reasons.in(Locale.ENGLISH, english));
    }

    @Test
    void everyRuleOfAnOptionHasItsGermanReason() {
        Kind.catalogue().panels().stream()
                .flatMap(ReasonsTest::messages)
                .filter(message -> !message.startsWith("{"))
                .forEach(message -> assertNotEquals(message, Reasons.in(Locale.GERMAN, message)));
    }

    private static Stream<String> messages(PanelFacts<?> panel) {
        return Stream.concat(
                        Stream.of(panel.type().getDeclaredMethods()),
                        Stream.of(panel.type().getDeclaredFields()))
                .map(AnnotatedElement::getAnnotations)
                .flatMap(Stream::of)
                .flatMap(ReasonsTest::message);
    }

    private static Stream<String> message(Annotation annotation) {
        try {
            return annotation.annotationType().getPackageName().equals("jakarta.validation.constraints")
                    ? Stream.of((String)
                            annotation.annotationType().getMethod("message").invoke(annotation))
                    : Stream.empty();
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void everyReasonOfTheTableIsOneThatIsGiven() throws IOException {
        String sources = Stream.of("../ldap-schema", "../mailcore", ".")
                .flatMap(module -> sources(Path.of(module, "src/main/java")))
                .collect(Collectors.joining());
        List<String> stale = Files.readAllLines(TABLE).stream()
                .map(line -> line.substring(0, line.indexOf('\t')))
                .filter(english -> !isOfTheSystem(english))
                .flatMap(english -> Stream.of(english.split("\\{\\d\\}|[;:,] |[.]$")))
                .map(String::strip)
                .filter(piece -> piece.length() > 8 && !sources.contains(piece))
                .toList();
        assertEquals(List.of(), stale);
    }

    // What the operating system and Java say.
    private static boolean isOfTheSystem(String english) {
        return english.matches("\\{0\\}: \\p{Lu}.*") || english.equals("Connection refused");
    }

    private static Stream<String> sources(Path top) {
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(file -> file.toString().endsWith(".java")).map(ReasonsTest::text).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    // Texts that are put together of several lines, as one.
    private static String text(Path file) {
        try {
            return Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\"");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
