package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.browser.Browser;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** The configuration is written to a file, edited there with sed, and the running system is brought to it. */
@ExtendWith(LogOnFailure.class)
class FileTest {

    @TempDir
    private Path folder;

    private final Product product = Installed.product();

    @AfterEach
    void putBack() throws IOException {
        if (Files.exists(folder.resolve("before.yaml"))) {
            posthouse("apply", "before.yaml");
        }
    }

    private String posthouse(String... words) throws IOException {
        Path secret = folder.resolve("pw");
        Files.writeString(secret, Product.PASSWORD);
        var command = new ArrayList<>(List.of(Product.LAUNCHER.toString()));
        for (String word : words) {
            command.add(word.endsWith(".yaml") ? folder.resolve(word).toString() : word);
        }
        command.addAll(List.of("--home", product.home().toString(), "--user", Product.ADMIN));
        command.addAll(List.of("--password-file", secret.toString()));
        return Product.run(command);
    }

    @Test
    void aFileThatWasEditedIsPlannedAppliedAndObeyed() throws IOException {
        posthouse("export", "--output", "before.yaml");
        Path edited = Files.copy(folder.resolve("before.yaml"), folder.resolve("edited.yaml"));
        Product.run(List.of(
                "sed",
                "-i",
                "-e",
                "s/officialDomain: example.com/officialDomain: edited.example/",
                "-e",
                "s/submissionPort:/port: 588\\n          submissionPort:/",
                edited.toString()));

        String plan = posthouse("apply", "edited.yaml", "--plan");
        assertTrue(plan.contains("officialDomain") && plan.contains("588"), plan);
        assertTrue(greeting(25).contains("example.com"));

        String applied = posthouse("apply", "edited.yaml");
        assertTrue(applied.contains("mail1: applied in "), applied);
        assertTrue(greeting(588).contains("edited.example"));

        String again = posthouse("apply", "edited.yaml");
        assertTrue(again.contains("Nothing to do"), again);
        posthouse("export", "--output", "after.yaml");
        assertEquals(Files.readString(edited), Files.readString(folder.resolve("after.yaml")));
    }

    @Test
    void aFileWithMistakesChangesNothingAndNamesTheLines() throws IOException {
        Files.writeString(folder.resolve("wrong.yaml"), """
                posthouse: 1
                objects:
                - kind: SMTP Agent
                  place: cn=SMTP Agent,ou=mail1,o=Internet Services,dc=posthouse
                  options:
                    port: 2o
                    prot: 25
                """);
        var refused = assertThrows(AssertionError.class, () -> posthouse("apply", "wrong.yaml"));
        assertTrue(String.valueOf(refused.getMessage()).contains("line 7"), refused::getMessage);
        assertTrue(String.valueOf(refused.getMessage()).contains("did you mean \"port\"?"), refused::getMessage);
        assertTrue(greeting(25).startsWith("220"));
    }

    @Test
    void aFileChosenInTheBrowserIsPlannedAndThenApplied() throws IOException {
        posthouse("export", "--output", "before.yaml");
        Path edited = folder.resolve("edited.yaml");
        Files.writeString(
                edited,
                Files.readString(folder.resolve("before.yaml"))
                        .replace("officialDomain: example.com", "officialDomain: chosen.example"));
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "posthouse: 1\nobjects: 7\n");
        try (Browser browser = new Browser(product.url(), 1360, 900)) {
            browser.signIn(Product.ADMIN, Product.PASSWORD);
            browser.open("/object?dn=" + Api.quoted("o=Internet Services,dc=posthouse"));
            browser.choose("#apply\\:file", wrong).click("#apply\\:look").seen("[data-faults]", "Line 2");
            assertEquals(List.of(), browser.barriers(), "what is wrong in the file");
            browser.choose("#apply\\:file", edited).click("#apply\\:look");
            browser.seen("[data-apply-plan] [data-difference=posthouseOfficialDomain]", "chosen.example");
            assertEquals(List.of(), browser.barriers(), "the plan");
            browser.picture("apply-plan");
            assertTrue(greeting(25).contains("example.com"), "nothing is written yet");
            browser.click("#apply\\:go").seen("[data-applied='1']");
            Await.until(
                    "it is obeyed", Duration.ofSeconds(60), () -> greeting(25).contains("chosen.example"));
            browser.open("/history").seen(".past[data-by=PAGE]", "Official Domain");
        }
    }

    private String greeting(int port) throws IOException {
        return Dialogue.greeting("127.0.0.1", product.port(port));
    }
}
