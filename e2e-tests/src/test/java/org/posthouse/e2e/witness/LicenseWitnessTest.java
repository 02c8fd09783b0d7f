package org.posthouse.e2e.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.SERVER;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** The licence of a messaging server: what it leaves out is gone from the wire, and says why. */
@ExtendWith(LogOnFailure.class)
class LicenseWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String BASE = "NMAP Agent, SMTP Agent, IMAP Agent";

    private final Product product = Installed.product();
    private final Api api = product.api();
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final KeyPair keys;

    LicenseWitnessTest() throws GeneralSecurityException {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @BeforeEach
    void trustTheIssuer() throws IOException {
        Path folder = Files.createDirectories(product.home().resolve("licence-keys"));
        String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        Files.writeString(
                folder.resolve("witness.pem"), "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
    }

    @AfterEach
    void backToTheCommunity() {
        api.change(SERVER, "license", "");
        Await.until("POP greets again", SOON.multipliedBy(3), this::popGreets);
    }

    @Test
    @Witness("license")
    void anAgentThatTheLicenceLeavesOutIsGoneAndSaysWhy() {
        Await.until("POP greets", SOON, this::popGreets);
        assertTrue(planSays(licence(BASE, "Expires: " + today.plusYears(1)), "can no longer sign in over POP"));
        api.change(SERVER, "license", licence(BASE, "Expires: " + today.plusYears(1)));
        Await.until("POP is gone", SOON, () -> !popGreets());
        Await.until(
                "and says why",
                SOON,
                () -> reason("POP_AGENT").contains("Not part of the Foundation license of Acme, serial 7."));
        assertTrue(Dialogue.greets("127.0.0.1", product.port(25), "220"), "what it lists goes on");
        JsonObject shown = api.get("/licenses?server=" + Api.quoted(SERVER));
        assertEquals("Foundation", shown.getString("edition"));
        JsonObject pop = shown.getJsonArray("features").getValuesAs(JsonObject.class).stream()
                .filter(feature -> feature.getString("name").equals("POP Agent"))
                .findFirst()
                .orElseThrow();
        assertEquals(false, pop.getBoolean("allowed"));
    }

    @Test
    @Witness("license")
    void oneThatMayNotBeUsedIsRefusedWithTheReason() {
        String good = licence(BASE, "Expires: " + today.plusYears(1));
        String late = licence(BASE, "Expires: " + today.minusDays(1));
        assertRefused("was changed after it was signed", good.replace("Acme", "Acne"));
        assertRefused("its last day was " + today.minusDays(1), late);
        assertRefused("This is not a license", "hello");
        assertRefused("is not trusted here", good.replaceFirst("Key: ..", "Key: ff"));
        assertTrue(popGreets(), "nothing changed");
    }

    @Test
    @Witness("license")
    void theCommandLineInstallsAndShowsIt() throws IOException {
        Path file = Files.writeString(
                product.home().resolveSibling("acme.licence"), licence(BASE, "Expires: " + today.plusDays(9)));
        String said = Product.run(List.of(
                "sh",
                "-c",
                "'" + Product.LAUNCHER + "' license install 'Internet Services/mail1' '" + file + "' --home '"
                        + product.home() + "' --user admin --password-file '"
                        + product.home().resolveSibling("admin-password") + "'"));
        assertTrue(said.contains("Foundation license of Acme, serial 7, until " + today.plusDays(9)), said);
        assertTrue(said.contains("expires in 10 days"), said);
        assertTrue(said.contains("not part of it"), said);
    }

    private boolean planSays(String licence, String sentence) {
        return api.call(
                        "PATCH",
                        "/objects?plan&dn=" + Api.quoted(SERVER),
                        jakarta.json.Json.createObjectBuilder()
                                .add("revision", api.object(SERVER).getJsonNumber("revision"))
                                .add(
                                        "options",
                                        jakarta.json.Json.createObjectBuilder().add("license", licence))
                                .build())
                .insist(200)
                .text()
                .contains(sentence);
    }

    private void assertRefused(String reason, String licence) {
        Api.Answer answer = api.tryChange(SERVER, "license", jakarta.json.Json.createValue(licence));
        assertEquals(422, answer.code(), answer.text());
        assertTrue(answer.text().contains(reason), answer.text());
    }

    private boolean popGreets() {
        return Dialogue.greets("127.0.0.1", product.port(110), "+OK");
    }

    private String reason(String kind) {
        return api.get("/status").getJsonArray("servers").getValuesAs(JsonObject.class).stream()
                .filter(server -> server.getString("dn").equals(SERVER))
                .flatMap(server -> server.getJsonArray("agents").getValuesAs(JsonObject.class).stream())
                .filter(agent -> agent.getString("kind").equals(kind))
                .map(agent -> agent.getString("reason"))
                .findFirst()
                .orElse("");
    }

    private String licence(String features, String expires) {
        String body = "Posthouse Licence\nEdition: Foundation\nHolder: Acme\nFeatures: " + features + "\nIssued: "
                + today.minusYears(1) + "\n" + expires + "\nSerial: 7\nKey: " + key() + "\n";
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(body.getBytes(UTF_8));
            return body + "Signature: " + Base64.getEncoder().encodeToString(signer.sign()) + "\n";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String key() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(keys.getPublic().getEncoded());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
