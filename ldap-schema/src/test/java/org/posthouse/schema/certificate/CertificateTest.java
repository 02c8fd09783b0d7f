package org.posthouse.schema.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.SealedKey;

class CertificateTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final List<DomainName> NAMES =
            List.of(new DomainName("mail.example.com"), new DomainName("example.com"));

    private static Certified certified() {
        return new Issue(NAMES).selfSigned(KeyKind.EC.make(), NOW, YEAR);
    }

    private static byte[] bytes(String... parts) {
        return String.join("", parts).getBytes(UTF_8);
    }

    private static String refusal(Runnable act) {
        return String.valueOf(assertThrows(NotUsable.class, act::run).getMessage());
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void aSelfSignedCertificateNamesItsHostsAndIsValidFromNowOn(KeyKind kind) throws Exception {
        Certified made = new Issue(NAMES).selfSigned(kind.make(), NOW, YEAR);
        X509Certificate own = made.chain().own();
        assertEquals("CN=mail.example.com", own.getSubjectX500Principal().getName());
        assertEquals(
                List.of("mail.example.com", "example.com"),
                own.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1))
                        .toList());
        assertTrue(made.chain().isSelfSigned());
        made.valid(NOW.plus(YEAR).minusSeconds(1));
        assertTrue(refusal(() -> made.valid(NOW.plus(YEAR).plusSeconds(1))).contains("expired on 2027-11-24"));
        assertTrue(refusal(() -> made.valid(NOW.minus(Duration.ofDays(1)))).contains("not valid before"));
    }

    @Test
    void aRequestNamesItsHostsAndIsSignedWithItsKey() throws Exception {
        KeyPair pair = KeyKind.EC.make();
        byte[] der = new Issue(NAMES).request(pair);
        var request = new PKCS10CertificationRequest(der);
        assertEquals("CN=mail.example.com", request.getSubject().toString());
        assertArrayEquals(
                pair.getPublic().getEncoded(), request.getSubjectPublicKeyInfo().getEncoded());
        assertTrue(Issue.pem(der).startsWith("-----BEGIN CERTIFICATE REQUEST-----\n"));
    }

    @Test
    void aRequestForNoNameIsRefused() {
        assertTrue(refusal(() -> new Issue(List.of())).contains("at least one host name"));
    }

    @Test
    void anIpAddressIsNamedAsAnIpAddressAndNotAsAHost() throws Exception {
        var made = Issue.of(List.of("mail.example.com", "192.0.2.7", "[2001:db8::7]"))
                .selfSigned(KeyKind.EC.make(), NOW, YEAR);
        assertEquals(
                List.of(List.of(2, "mail.example.com"), List.of(7, "192.0.2.7"), List.of(7, "2001:db8:0:0:0:0:0:7")),
                List.copyOf(made.chain().own().getSubjectAlternativeNames()));
        assertEquals(
                "CN=192.0.2.7",
                new PKCS10CertificationRequest(Issue.of(List.of("192.0.2.7")).request(KeyKind.EC.make()))
                        .getSubject()
                        .toString());
    }

    @Test
    void namesOfOtherTypesAreRefusedWithTheReason() {
        assertTrue(refusal(() -> Issue.of(List.of("anna@example.com"))).contains("is an email address"));
        assertTrue(refusal(() -> Issue.of(List.of("https://mail.example.com/"))).contains("is a web address"));
        assertTrue(refusal(() -> Issue.of(List.of("*.example.com"))).contains("wildcard"));
        assertTrue(refusal(() -> Issue.of(List.of("192.0.2.300"))).contains("is not an IP address"));
        assertTrue(refusal(() -> Issue.of(List.of("a b"))).contains("is not a domain name"));
    }

    @Test
    void textBeforeTheFirstBeginLineIsIgnoredEvenOnTheSameLine() {
        Certified made = certified();
        String pem = made.chain().pem() + made.keyPem();
        for (String before : List.of("\uFEFF", "\uFEFF\r\n", "Subject: mail\n", "  ", "text ", "\t\uFEFF")) {
            assertEquals(
                    made.chain(),
                    Upload.read(bytes(before + pem), "").certified().chain(),
                    before);
        }
        String marked = "\uFEFF" + made.keyPem() + "\uFEFF" + made.chain().pem();
        assertEquals(made.chain(), Upload.read(bytes(marked), "").certified().chain());
        String indented = pem.replaceAll("(?m)^", "    ");
        assertEquals(made.chain(), Upload.read(bytes(indented), "").certified().chain());
    }

    @Test
    void pemInUtf16IsRefusedWithTheRemedy() {
        String pem = certified().chain().pem();
        for (var wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16)) {
            assertTrue(refusal(() -> Upload.read(pem.getBytes(wide), "")).contains("UTF-16"));
        }
    }

    @Test
    void theTextOfAChainReadsBackAndIsNoPemWithLines() {
        CertificateChain chain = certified().chain();
        assertFalse(chain.toString().contains("\n"));
        assertEquals(chain, CertificateChain.of(chain.toString()));
        assertThrows(IllegalArgumentException.class, () -> CertificateChain.of("AAAA"));
        assertThrows(IllegalArgumentException.class, () -> CertificateChain.of(""));
    }

    @Test
    void pemIsReadWithCertificateAndKeyInAnyOrder() {
        Certified made = certified();
        for (byte[] file : List.of(
                bytes(made.chain().pem(), made.keyPem()),
                bytes("Bag Attributes\n", made.keyPem(), "\r\n", made.chain().pem()))) {
            assertEquals(made.chain(), Upload.read(file, "").certified().chain());
        }
        var apart = Upload.read(bytes(made.chain().pem()), "").with(Upload.read(bytes(made.keyPem()), ""));
        assertEquals(made.chain(), apart.certified().chain());
    }

    @Test
    void whatOpenSslWritesIsReadToo() throws Exception {
        KeyPair pair = KeyKind.RSA.make();
        Certified made = new Issue(NAMES).selfSigned(pair, NOW, YEAR);
        var traditional = new StringWriter();
        try (var writer = new JcaPEMWriter(traditional)) {
            writer.writeObject(pair);
        }
        var encrypted = new StringWriter();
        try (var writer = new JcaPEMWriter(encrypted)) {
            writer.writeObject(
                    pair,
                    new JcePEMEncryptorBuilder("AES-256-CBC")
                            .setProvider(new BouncyCastleProvider())
                            .build("secret".toCharArray()));
        }
        var pkcs8 = new StringWriter();
        try (var writer = new JcaPEMWriter(pkcs8)) {
            var encryptor = new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC);
            encryptor.setProvider(new BouncyCastleProvider());
            encryptor.setPassword("secret".toCharArray());
            writer.writeObject(new JcaPKCS8Generator(pair.getPrivate(), encryptor.build()));
        }
        assertTrue(traditional.toString().contains("BEGIN RSA PRIVATE KEY"));
        for (StringWriter key : List.of(traditional, encrypted, pkcs8)) {
            byte[] file = bytes(made.chain().pem(), key.toString());
            assertEquals(made.chain(), Upload.read(file, "secret").certified().chain());
        }
        for (StringWriter key : List.of(encrypted, pkcs8)) {
            byte[] file = bytes(made.chain().pem(), key.toString());
            assertTrue(refusal(() -> Upload.read(file, "wrong")).contains("password of the private key is wrong"));
            assertTrue(refusal(() -> Upload.read(file, "")).contains("Enter its password"));
        }
    }

    @Test
    void aChainIsPutInOrderAndStrangersAreLeftOut() throws Exception {
        KeyPair authority = KeyKind.EC.make();
        var root = new Issue(List.of(new DomainName("authority.example"))).selfSigned(authority, NOW, YEAR);
        KeyPair pair = KeyKind.EC.make();
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=authority.example"),
                java.math.BigInteger.TWO,
                java.util.Date.from(NOW),
                java.util.Date.from(NOW.plus(YEAR)),
                new X500Name("CN=mail.example.com"),
                pair.getPublic());
        X509Certificate leaf = new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate())));
        var own = new Certified(new CertificateChain(List.of(leaf)), pair.getPrivate());
        byte[] file =
                bytes(certified().chain().pem(), root.chain().pem(), own.chain().pem(), own.keyPem());
        assertEquals(
                List.of(leaf, root.chain().own()),
                Upload.read(file, "").certified().chain().certificates());
    }

    @Test
    void pkcs12IsReadWithItsPassword() throws Exception {
        Certified made = certified();
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("x", made.key(), "secret".toCharArray(), new Certificate[] {
            made.chain().own()
        });
        var file = new ByteArrayOutputStream();
        store.store(file, "secret".toCharArray());
        assertEquals(
                made.chain(),
                Upload.read(file.toByteArray(), "secret").certified().chain());
        assertTrue(refusal(() -> Upload.read(file.toByteArray(), "wrong")).contains("password of the PKCS#12"));
    }

    @Test
    void whatIsNoCertificateIsRefusedWithTheReason() {
        Certified made = certified();
        Certified other = certified();
        assertTrue(refusal(() -> Upload.read(new byte[0], "")).contains("empty"));
        assertTrue(refusal(() -> Upload.read(bytes("hello"), "")).contains("neither PEM nor PKCS#12"));
        assertTrue(
                refusal(() -> Upload.read(bytes("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), ""))
                        .contains("cannot be read"));
        assertTrue(refusal(() -> Upload.read(bytes(made.chain().pem()), "").certified())
                .contains("no private key"));
        assertTrue(refusal(() -> Upload.read(bytes(made.keyPem()), "").certified())
                .contains("no certificate"));
        assertTrue(refusal(() -> Upload.read(bytes(made.chain().pem(), other.keyPem()), "")
                        .certified())
                .contains("does not belong to the certificate of CN=mail.example.com"));
    }

    @Test
    void anyBytesAreReadOrRefusedInWords() {
        var random = new Random(7);
        byte[] good = bytes(certified().chain().pem(), certified().keyPem());
        for (int round = 0; round < 2000; round++) {
            byte[] bad = good.clone();
            for (int flips = 0; flips < 1 + round % 5; flips++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                Upload.read(bad, "").certified();
            } catch (NotUsable refused) {
                assertTrue(String.valueOf(refused.getMessage()).endsWith("."), refused.getMessage());
            }
        }
    }

    @Test
    void aSealedKeyOpensWithTheSameSecretAndForItsOwnCertificateOnly() {
        Certified made = certified();
        var half = made.chain().own().getPublicKey();
        SealedKey sealed = new Seal("secret").close(made.key(), half);
        assertEquals(sealed, SealedKey.of(sealed.toString()));
        assertTrue(sealed.fits(half));
        assertEquals(made.key(), new Seal("secret").open(sealed, half));
        assertTrue(refusal(() -> new Seal("other").open(sealed, half)).contains("system secret"));
        var otherHalf = certified().chain().own().getPublicKey();
        assertFalse(sealed.fits(otherHalf));
        assertThrows(NotUsable.class, () -> new Seal("secret").open(sealed, otherHalf));
    }
}
