package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.SERVER;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.world.AcmeServer;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** Certificates from an ACME authority: asked for through the API, proven over HTTP, seen by whoever connects. */
@ExtendWith(LogOnFailure.class)
class AcmeWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    // One answer of an authority may take fifteen seconds.
    private static final Duration LATE = Duration.ofSeconds(60);

    private final Product product = Installed.product();
    private final Api api = product.api();
    private final AcmeServer authority = new AcmeServer(product.port(80));

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void fresh() {
        reset();
    }

    @AfterEach
    void end() {
        authority.close();
        reset();
    }

    private void reset() {
        api.certificate(SERVER, "acme-stop", JsonValue.EMPTY_JSON_OBJECT).insist(200);
        api.change(SERVER, "sslAndTls", JsonValue.FALSE);
        api.certificate(SERVER, "remove", JsonValue.EMPTY_JSON_OBJECT).insist(200);
        api.change(SERVER, "acmeTermsAgreed", JsonValue.FALSE);
        api.change(SERVER, "acmeDirectory", List.of());
        api.change(SERVER, "acmeAuthorities", List.of());
        api.change(SERVER, "acmeNames", List.of());
        api.change(SERVER, "acmeChallengePort", Json.createValue(80));
        api.change(SERVER, "acmeRenewal", JsonValue.TRUE);
    }

    @Test
    @Witness({"acmeDirectory", "acmeContact", "acmeNames", "acmeAuthorities"})
    void whatIsAskedForComesAndIsShownToWhoeverConnects() throws IOException {
        ask(names(wish(), "mail.example.com", "imap.example.com").add("contact", "post@example.com"));
        awaitIssued();
        api.change(SERVER, "sslAndTls", JsonValue.TRUE);
        Files.writeString(folder.resolve("ca.pem"), authority.authorities());
        Await.until("SMTP shows it after STARTTLS", SOON, () -> trusted("mail.example.com", 25, "smtp"));
        Await.until("so does IMAP", SOON, () -> trusted("imap.example.com", 143, "imap"));
        for (String agent : List.of("SMTP Agent", "IMAP Agent", "POP Agent")) {
            String proof = api.get("/prove?server=" + Api.quoted(SERVER) + "&agent=" + Api.quoted(agent))
                    .getString("line");
            assertTrue(proof.contains("TLSv1.3, certificate of mail.example.com, imap.example.com until 20"), proof);
        }
        assertEquals(List.of("mailto:post@example.com"), authority.contacts());
        assertTrue(authority.fetched().containsAll(List.of("mail.example.com", "imap.example.com")));
        Await.until(
                "the challenge port is closed again", SOON, () -> !Dialogue.greets("127.0.0.1", product.port(80), ""));
    }

    @Test
    @Witness("acmeRenewal")
    void aShortLivedOneIsRenewedByItselfAndCutsNobodyOff() throws IOException {
        authority.giveFor(Duration.ofSeconds(9));
        ask(names(wish(), "mail.example.com"));
        awaitIssued();
        api.change(SERVER, "sslAndTls", JsonValue.TRUE);
        try (Dialogue session = Dialogue.with("127.0.0.1", product.port(25))) {
            session.reply();
            Await.until("the SSL port is open", SOON, () -> !fingerprint().isEmpty());
            String first = fingerprint();
            Await.until("the page says when", SOON, () -> acme().containsKey("next"));
            Await.until("another one is in force", SOON, () -> !fingerprint().equals(first));
            assertTrue(session.smtp("NOOP").startsWith("250"), "the session goes on");
        }
        assertEquals(1, authority.accounts(), "by the same account");
        api.change(SERVER, "acmeRenewal", JsonValue.FALSE);
        Await.until(
                "nothing is announced", SOON, () -> acme().getString("state").isEmpty());
        assertTrue(acme().getBoolean("issued"));
    }

    @Test
    @Witness("acmeNames")
    void anotherNameMakesAnotherCertificate() {
        ask(names(wish(), "mail.example.com"));
        awaitIssued();
        api.change(SERVER, "acmeNames", List.of("mail.example.com", "more.example.com"));
        Await.until(
                "it is good for both",
                SOON,
                () -> shown().getJsonArray("names").toString().contains("more.example.com"));
    }

    @Test
    @Witness("acmeChallengePort")
    void aChallengeThatNobodyFetchesIsToldWithItsReasonAndTriedAgainElsewhere() {
        authority.fetchAt(product.port(81));
        ask(names(wish(), "mail.example.com"));
        String reason = awaitFailure(SOON);
        assertTrue(reason.contains("mail.example.com was not verified: Fetching http://mail.example.com"), reason);
        assertTrue(reason.contains("The authority did not fetch the challenge from this server"), reason);
        assertTrue(acme().containsKey("next"), "the next attempt is announced");
        JsonObject server = server();
        assertTrue(server.getString("reason").startsWith("No certificate from ACME"), server.getString("reason"));
        api.change(SERVER, "acmeChallengePort", Json.createValue(81));
        awaitIssued();
    }

    @Test
    @Witness("acmeTermsAgreed")
    void nothingComesBeforeTheTermsAreAgreedTo() {
        ask(names(wish(), "mail.example.com").add("agree", false));
        String reason = awaitFailure(SOON);
        assertTrue(reason.contains("https://terms.example/of/service"), reason);
        assertEquals(0, authority.accounts());
        api.change(SERVER, "acmeTermsAgreed", JsonValue.TRUE);
        awaitIssued();
    }

    @Test
    @Witness("acmeAuthorities")
    void aPrivateServiceIsNotTrustedBeforeItsAuthorityIs() {
        ask(names(wish(), "mail.example.com").remove("authorities"));
        String reason = awaitFailure(SOON);
        assertTrue(reason.contains("127.0.0.1 is not trusted"), reason);
        api.change(SERVER, "acmeAuthorities", authority.authorities());
        awaitIssued();
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSING, mail.example.com: policy forbids it",
        "BABBLING, does not answer like an ACME service",
        "ENDLESS, exceeds capacity",
        "LYING, private key does not belong",
        "SILENT, does not answer in time"
    })
    void aBadAuthorityHoldsUpNothing(AcmeServer.Manner manner, String reason) {
        authority.behave(manner);
        ask(names(wish(), "mail.example.com"));
        Await.until("it is being asked", SOON, () -> !acme().getString("state").isEmpty());
        assertTrue(Dialogue.greets("127.0.0.1", product.port(25), "220"), "mail goes on");
        String told = awaitFailure(LATE);
        assertTrue(told.contains(reason), told);
        authority.behave(AcmeServer.Manner.WELL);
        ask(Json.createObjectBuilder());
        awaitIssued();
    }

    @Test
    void whoAsksNoMoreIsLeftAlone() {
        authority.behave(AcmeServer.Manner.REFUSING);
        ask(names(wish(), "mail.example.com"));
        awaitFailure(SOON);
        api.certificate(SERVER, "acme-stop", JsonValue.EMPTY_JSON_OBJECT).insist(200);
        Await.until("nothing is wanted", SOON, () -> acme().getString("state").isEmpty());
        assertEquals("", acme().getString("asked"));
    }

    private JsonObjectBuilder wish() {
        return Json.createObjectBuilder()
                .add("directory", authority.directory())
                .add("authorities", authority.authorities())
                .add("agree", true);
    }

    private static JsonObjectBuilder names(JsonObjectBuilder wish, String... names) {
        return wish.add("names", Json.createArrayBuilder(List.of(names)));
    }

    private void ask(JsonObjectBuilder wish) {
        api.certificate(SERVER, "acme", wish.build()).insist(200);
    }

    private void awaitIssued() {
        Await.until(
                "the certificate has come",
                SOON,
                () -> acme().getBoolean("issued")
                        && acme().getString("state").equals("waiting")
                        && acme().getString("asked").isEmpty());
    }

    private String awaitFailure(Duration patience) {
        Await.until("it failed", patience, () -> acme().getString("state").equals("failed"));
        return acme().getString("reason");
    }

    private JsonObject shown() {
        return api.get("/certificates?server=" + Api.quoted(SERVER));
    }

    private JsonObject acme() {
        return shown().getJsonObject("acme");
    }

    private JsonObject server() {
        return api.get("/status").getJsonArray("servers").getValuesAs(JsonObject.class).stream()
                .filter(server -> server.getString("dn").equals(SERVER))
                .findFirst()
                .orElseThrow();
    }

    private String fingerprint() throws IOException {
        return Product.run(List.of(
                "sh",
                "-c",
                "openssl s_client -connect 127.0.0.1:" + product.port(465)
                        + " </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256"));
    }

    private boolean trusted(String name, int port, String protocol) throws IOException {
        String said = Product.run(List.of(
                "sh",
                "-c",
                "openssl s_client -connect 127.0.0.1:" + product.port(port) + " -starttls " + protocol
                        + " -verify_hostname " + name + " -verify_return_error -CAfile '" + folder.resolve("ca.pem")
                        + "' </dev/null 2>&1 || true"));
        return said.contains("Verify return code: 0 (ok)");
    }
}
