package org.posthouse.webadmin.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.certificate.Upload;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.webadmin.form.House;

class ServerCertificateTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    private House house;

    @BeforeEach
    void open() {
        house = new House();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private ServerCertificate certificate() {
        return ServerCertificate.of(house.changes(), house.mail1);
    }

    private Particulars particulars() {
        return Particulars.of(certificate().chain().orElseThrow(), NOW);
    }

    @Test
    void aSelfSignedOneIsForTheOfficialDomainUnlessToldOtherwise() {
        assertEquals(List.of("example.com"), certificate().proposedNames());
        certificate().makeSelfSigned(List.of("mail.example.com", "imap.example.com"), KeyKind.EC, 10, NOW);
        Particulars made = particulars();
        assertEquals(List.of("mail.example.com", "imap.example.com"), made.names());
        assertTrue(made.selfSigned());
        assertEquals("EC 256", made.key());
        assertEquals(10, made.daysLeft());
        assertEquals("warn", made.tone());
        assertEquals(made.names(), certificate().proposedNames(), "a renewal is for the same names");
    }

    @Test
    void oneThatExpiredIsSaidToHave() {
        certificate().makeSelfSigned(List.of("a.example.com"), KeyKind.EC, 10, NOW);
        Particulars later = Particulars.of(certificate().chain().orElseThrow(), NOW.plus(Duration.ofDays(11)));
        assertEquals("bad", later.tone());
        assertTrue(later.daysLeft() < 0);
    }

    @Test
    void anAnswerThatIsNotForTheRequestLeavesTheRequestWaiting() {
        certificate().makeRequest(List.of("a.example.com"), KeyKind.EC);
        String request = certificate().request().orElseThrow();
        assertTrue(request.startsWith("-----BEGIN CERTIFICATE REQUEST-----"));
        Upload stranger = Upload.read(pemOfAnother(), "");
        assertThrows(NotUsable.class, () -> certificate().install(stranger, NOW));
        assertEquals(request, certificate().request().orElseThrow());
        assertTrue(certificate().chain().isEmpty());
        certificate().dropRequest();
        assertTrue(certificate().request().isEmpty());
    }

    private static byte[] pemOfAnother() {
        try (var other = new House()) {
            ServerCertificate made = ServerCertificate.of(other.changes(), other.mail1);
            made.makeSelfSigned(List.of("a.example.com"), KeyKind.EC, 10, NOW);
            return ServerCertificate.of(other.changes(), other.mail1)
                    .chain()
                    .orElseThrow()
                    .pem()
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aServerWithoutPostmasterAsksForNone() {
        Entry seen = house.read(house.mail1);
        house.directory.save(
                house.mail1,
                seen.attributes(),
                Map.of("posthousePostmaster", List.of("cn=gone,dc=x")),
                seen.revision());
        Refused refused =
                assertThrows(Refused.class, () -> certificate().makeRequest(List.of("a.example.com"), KeyKind.EC));
        assertTrue(String.valueOf(refused.getMessage()).contains("postmaster"), refused.getMessage());
        assertTrue(certificate().request().isEmpty());
    }

    @Test
    void theOneInUseCannotBeRemoved() {
        certificate().makeSelfSigned(List.of("a.example.com"), KeyKind.EC, 10, NOW);
        var security = house.draft(house.mail1, "server-security");
        security.set("sslAndTls", List.of("TRUE"));
        house.save(security);
        NotUsable refused = assertThrows(NotUsable.class, () -> certificate().remove());
        assertTrue(String.valueOf(refused.getMessage()).contains("Turn SSL and TLS off first"));
        security = house.draft(house.mail1, "server-security");
        security.set("sslAndTls", List.of("FALSE"));
        house.save(security);
        certificate().remove();
        assertTrue(certificate().chain().isEmpty());
        assertFalse(house.read(house.mail1).value("posthousePrivateKey").isPresent());
    }

    @Test
    void whoeverWasFasterWins() {
        ServerCertificate seen = certificate();
        certificate().makeSelfSigned(List.of("a.example.com"), KeyKind.EC, 10, NOW);
        assertThrows(Conflict.class, () -> seen.makeSelfSigned(List.of("b.example.com"), KeyKind.EC, 10, NOW));
    }

    @Test
    void nonsenseIsRefusedInWords() {
        for (Map.Entry<String, String> each : Map.of(
                        "<script>",
                        "\"<script>\" is not a domain name",
                        "a b",
                        "\"a b\" is not a domain name",
                        "x".repeat(10_000),
                        "is not a domain name",
                        "\u0000",
                        "is not a domain name")
                .entrySet()) {
            NotUsable refused = assertThrows(
                    NotUsable.class, () -> certificate().makeSelfSigned(List.of(each.getKey()), KeyKind.EC, 10, NOW));
            assertTrue(String.valueOf(refused.getMessage()).contains(each.getValue()), refused.getMessage());
        }
        assertThrows(NotUsable.class, () -> certificate().makeSelfSigned(List.of(" "), KeyKind.EC, 10, NOW));
        assertThrows(NotUsable.class, () -> certificate().makeSelfSigned(List.of("a.b"), KeyKind.EC, 0, NOW));
        assertThrows(IllegalArgumentException.class, () -> ServerCertificate.of(house.changes(), house.admin));
        assertThrows(Missing.class, () -> ServerCertificate.of(house.changes(), house.users.child("cn", "nobody")));
    }
}
