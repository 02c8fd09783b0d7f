package org.posthouse.e2e.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.PEOPLE;
import static org.posthouse.e2e.world.Installed.SECRET;
import static org.posthouse.e2e.world.Installed.SERVER;
import static org.posthouse.e2e.world.Installed.agent;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.wire.Dialogue;
import org.posthouse.e2e.wire.Mail;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Applied;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.LogOnFailure;
import org.posthouse.e2e.world.Product;

/** The Security page of a messaging server, changed through the API and seen by whoever connects. */
@ExtendWith(LogOnFailure.class)
class SecurityWitnessTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Product product = Installed.product();
    private final Api api = product.api();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    @AfterEach
    void withoutTls() {
        api.change(SERVER, "sslAndTls", JsonValue.FALSE);
        api.certificate(SERVER, "drop-request", JsonValue.EMPTY_JSON_OBJECT).insist(200);
        api.certificate(SERVER, "remove", JsonValue.EMPTY_JSON_OBJECT).insist(200);
        Await.until("there is no TLS", SOON, () -> !accepts(465) && !offersStartTls());
    }

    @Test
    @Witness("sslAndTls")
    void tlsIsThereWhileItIsOn() throws IOException {
        selfSigned("first.example.com");
        Applied.await(api, SERVER);
        assertFalse(accepts(465), "a certificate alone opens no port");
        api.change(SERVER, "sslAndTls", JsonValue.TRUE);
        Await.until("the SSL ports are open", SOON, () -> accepts(465) && accepts(993) && accepts(995));
        Await.until("and STARTTLS is offered", SOON, this::offersStartTls);
        api.change(SERVER, "sslAndTls", JsonValue.FALSE);
        Await.until("the SSL ports are closed", SOON, () -> !accepts(465) && !accepts(993) && !accepts(995));
        Await.until("and STARTTLS is offered no more", SOON, () -> !offersStartTls());
    }

    @Test
    @Witness("sslAndTls")
    void tlsIsRefusedWithoutACertificate() {
        Api.Answer answer = api.tryChange(SERVER, "sslAndTls", JsonValue.TRUE);
        assertEquals(422, answer.code());
        assertTrue(answer.text().contains("Install a server certificate first"), answer.text());
        selfSigned("first.example.com");
        api.change(SERVER, "sslAndTls", JsonValue.TRUE);
        Api.Answer removal = api.certificate(SERVER, "remove", JsonValue.EMPTY_JSON_OBJECT);
        assertEquals(422, removal.code());
        assertTrue(removal.text().contains("Turn SSL and TLS off first"), removal.text());
    }

    @Test
    @Witness({"certificate", "privateKey"})
    void aRenewedCertificateIsShownToTheNextAndCutsNobodyOff() throws IOException {
        selfSigned("first.example.com");
        api.change(SERVER, "sslAndTls", JsonValue.TRUE);
        Await.until("the first is shown", SOON, () -> shows(465, "first.example.com"));
        try (Dialogue session = Dialogue.with("127.0.0.1", product.port(25))) {
            session.reply();
            selfSigned("second.example.com");
            Await.until("the second is shown", SOON, () -> shows(465, "second.example.com"));
            Await.until(
                    "also by the others",
                    SOON,
                    () -> shows(993, "second.example.com") && shows(995, "second.example.com"));
            assertTrue(session.smtp("NOOP").startsWith("250"), "the session goes on");
        }
    }

    @Test
    @Witness("sslPort")
    void theSslPortMoves() {
        selfSigned("first.example.com");
        api.change(SERVER, "sslAndTls", JsonValue.TRUE);
        api.change(agent("SMTP Agent"), "sslPort", Json.createValue(466));
        Await.until("TLS at another port", SOON, () -> shows(466, "first.example.com"));
        api.change(agent("SMTP Agent"), "sslPort", Json.createValue(465));
        Await.until("and back", SOON, () -> shows(465, "first.example.com"));
    }

    @Test
    @Witness({"certificate", "privateKey"})
    void anAuthorityAnswersARequest() throws IOException {
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Authority -keyout ca.key -out ca.pem");
        String request = api.certificate(SERVER, "request", names("asked.example.com"))
                .insist(200)
                .json()
                .getString("request");
        Files.writeString(folder.resolve("request.pem"), request);
        openssl("x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -copy_extensions copy"
                + " -out answer.pem");
        var answer = pem("answer.pem", "ca.pem");
        JsonObject installed =
                api.certificate(SERVER, "install", answer).insist(200).json();
        assertEquals("", installed.getString("request"), "it was answered");
        assertFalse(installed.getBoolean("selfSigned"));
        api.change(SERVER, "sslAndTls", JsonValue.TRUE);
        Await.until(
                "clients that trust the authority trust the server", SOON, () -> verified("asked.example.com", "ca"));
    }

    @Test
    @Witness({"certificate", "privateKey"})
    void aPkcs12FileIsInstalledWithItsPassword() throws IOException {
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=packed.example.com -keyout p.key -out p.pem");
        openssl("pkcs12 -export -in p.pem -inkey p.key -passout pass:sesame -out p.p12");
        String file = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("p.p12")));
        Api.Answer wrong = api.certificate(SERVER, "install", pkcs12(file, "open"));
        assertEquals(422, wrong.code());
        assertTrue(wrong.text().contains("password of the PKCS#12 file is wrong"), wrong.text());
        api.certificate(SERVER, "install", pkcs12(file, "sesame")).insist(200);
        api.change(SERVER, "sslAndTls", JsonValue.TRUE);
        Await.until("it is shown", SOON, () -> shows(465, "packed.example.com"));
    }

    @Test
    @Witness({"certificate", "privateKey"})
    void whatCannotBeUsedIsRefusedWithTheReason() throws IOException {
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=a.example.com -keyout a.key -out a.pem");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=b.example.com -keyout b.key -out b.pem");
        openssl("req -new -newkey rsa:2048 -nodes -subj /CN=old.example.com -keyout old.key -out old.csr");
        openssl("x509 -req -in old.csr -signkey old.key -days -1 -out old.pem");
        Files.writeString(folder.resolve("letter.txt"), "Dear sir or madam");
        assertRefused("does not belong to the certificate of CN=a.example.com", pem("a.pem", "b.key"));
        assertRefused("The certificate expired on", pem("old.pem", "old.key"));
        assertRefused("no private key", pem("a.pem"));
        assertRefused("neither PEM nor PKCS#12", pem("letter.txt"));
        assertRefused("Nothing was uploaded", JsonValue.EMPTY_JSON_OBJECT);
    }

    @Test
    @Witness("serverManagers")
    void aServerManagerRemovesMailboxesAndNobodyElseDoes() throws IOException {
        String warden = api.createUser(PEOPLE, "warden", SECRET).getString("dn");
        api.createUser(PEOPLE, "leaver", SECRET);
        Mail.send(product.port(25), "a@elsewhere.example", "leaver@example.com", "goodbye", "bye");
        Await.until("the mail lies there", SOON.multipliedBy(5), () -> inbox() == 1);
        assertTrue(rmbox("--yes", 1).contains("warden is not a Server Manager of mail1"));
        api.change(SERVER, "serverManagers", List.of(warden));
        String looked = rmbox("--dry-run", 0);
        assertTrue(looked.contains("leaver: 5 folders, 1 message,"), looked);
        assertEquals(1, inbox(), "looking removes nothing");
        assertTrue(rmbox("--yes", 0).contains("removed; recorded in"));
        assertEquals(0, inbox(), "the mailbox begins anew");
        Path record = product.home().resolve("engine/mail1/dbf/rmbox.audit");
        assertTrue(Files.readString(record).contains("mailbox leaver of mail1 with 5 folders, 1 message, "));
        api.change(SERVER, "serverManagers", List.of());
        assertTrue(rmbox("--yes", 1).contains("not a Server Manager"));
    }

    private String rmbox(String how, int code) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        String command = "'" + Product.LAUNCHER + "' rmbox mail1 leaver " + how + " --home '" + product.home()
                + "' --user warden --password-file '" + secret + "'; echo code $?";
        String said = Product.run(List.of("sh", "-c", command));
        assertTrue(said.contains("code " + code), said);
        return said;
    }

    private int inbox() throws IOException {
        return Mail.inbox(product.port(143), "leaver", SECRET);
    }

    private void assertRefused(String reason, JsonObject upload) {
        Api.Answer answer = api.certificate(SERVER, "install", upload);
        assertEquals(422, answer.code(), answer.text());
        assertTrue(answer.text().contains(reason), answer.text());
    }

    private void selfSigned(String name) {
        api.certificate(SERVER, "self-signed", names(name)).insist(200);
    }

    private static JsonObject names(String name) {
        return Json.createObjectBuilder()
                .add("names", Json.createArrayBuilder().add(name))
                .build();
    }

    private static JsonObject pkcs12(String file, String password) {
        return Json.createObjectBuilder()
                .add("pkcs12", Json.createArrayBuilder().add(file))
                .add("password", password)
                .build();
    }

    private JsonObject pem(String... files) throws IOException {
        var texts = Json.createArrayBuilder();
        for (String file : files) {
            texts.add(Files.readString(folder.resolve(file)));
        }
        return Json.createObjectBuilder().add("pem", texts).build();
    }

    private void openssl(String words) throws IOException {
        Product.run(List.of("sh", "-c", "cd '" + folder + "' && openssl " + words));
    }

    private boolean verified(String name, String authority) throws IOException {
        String said = Product.run(List.of(
                "sh",
                "-c",
                "openssl s_client -connect 127.0.0.1:" + product.port(465) + " -verify_hostname " + name
                        + " -verify_return_error -CAfile '" + folder.resolve(authority + ".pem")
                        + "' </dev/null 2>&1 || true"));
        return said.contains("Verify return code: 0 (ok)");
    }

    private boolean shows(int port, String name) throws IOException {
        return Dialogue.certificate("127.0.0.1", product.port(port)).contains(name);
    }

    private boolean offersStartTls() throws IOException {
        try (Dialogue dialogue = Dialogue.with("127.0.0.1", product.port(143))) {
            dialogue.line();
            return dialogue.imap("a", "CAPABILITY").getFirst().contains("STARTTLS");
        }
    }

    private boolean accepts(int port) {
        try {
            Dialogue.with("127.0.0.1", product.port(port)).close();
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
