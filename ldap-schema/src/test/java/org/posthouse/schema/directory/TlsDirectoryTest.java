package org.posthouse.schema.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.ssl.SSLUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.Issue;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.value.DomainName;

/** A directory whose certificate comes from a private authority, over ldaps and StartTLS. */
class TlsDirectoryTest {

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private Certified own = issued("localhost");
    private InMemoryDirectoryServer server;
    private Path authority;

    private static Certified issued(String name) {
        return new Issue(List.of(new DomainName(name)))
                .selfSigned(KeyKind.EC.make(), CLOCK.instant(), Duration.ofDays(1));
    }

    @BeforeEach
    void start() throws GeneralSecurityException, IOException, LDAPException {
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        var password = "changeit".toCharArray();
        keys.setKeyEntry(
                "own", own.key(), password, new Certificate[] {own.chain().own()});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        var tls = new SSLUtil(managers.getKeyManagers(), null);
        var config = new InMemoryDirectoryServerConfig("dc=posthouse");
        config.addAdditionalBindCredentials("cn=service", "secret");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPSConfig(
                        "ldaps", InetAddress.getLoopbackAddress(), 0, tls.createSSLServerSocketFactory(), null),
                InMemoryListenerConfig.createLDAPConfig(
                        "starttls", InetAddress.getLoopbackAddress(), 0, tls.createSSLSocketFactory()));
        server = new InMemoryDirectoryServer(config);
        server.startListening();
        authority = folder.resolve("authority.pem");
        Files.writeString(authority, "subject=localhost\n" + own.chain().pem());
        Files.writeString(folder.resolve("password"), "secret\n");
    }

    @AfterEach
    void stop() {
        server.shutDown(true);
    }

    private DirectoryAddress address(String listener, String host, Optional<Path> trusted) {
        var told = new Properties();
        boolean ldaps = listener.equals("ldaps");
        told.setProperty("url", (ldaps ? "ldaps" : "ldap") + "://" + host + ":" + server.getListenPort(listener));
        told.setProperty("root", "dc=posthouse");
        told.setProperty("bindDn", "cn=service");
        told.setProperty("passwordFile", folder.resolve("password").toString());
        told.setProperty("startTls", Boolean.toString(!ldaps));
        trusted.ifPresent(file -> told.setProperty("ca", file.toString()));
        return DirectoryAddress.of(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldaps", "starttls"})
    void aPrivateAuthorityIsTrustedWhereItIsNamed(String listener) {
        try (var directory = Directory.connect(address(listener, "localhost", Optional.of(authority)), CLOCK)) {
            directory.prepareRoot();
            assertTrue(directory.read(directory.root()).isPresent());
            assertTrue(directory.signIn("nobody", "wrong").isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldaps", "starttls"})
    void aCertificateThatIsNotTrustedIsNamedWithWhatToDo(String listener) {
        DirectoryAddress address = address(listener, "localhost", Optional.empty());
        String said = refusal(address);
        assertTrue(said.startsWith(address.url() + " cannot be used: its certificate is not trusted: "), said);
        assertTrue(said.contains(own.chain().own().getSubjectX500Principal() + ", issued by "), said);
        assertTrue(said.contains(", SHA-256 fingerprint "), said);
        assertTrue(said.endsWith("--directory-ca FILE"), said);
        // It answers: nothing is called an outage, and the next attempt is made at once.
        assertTrue(Availability.of(address.url()).outage().isEmpty());
        assertEquals(said, refusal(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldaps", "starttls"})
    void aCertificateOfAnotherHostIsRefused(String listener)
            throws GeneralSecurityException, IOException, LDAPException {
        stop();
        own = issued("other.example");
        start();
        String said = refusal(address(listener, "localhost", Optional.of(authority)));
        assertTrue(said.endsWith(" cannot be used: its certificate does not name this host"), said);
    }

    @Test
    void aHandshakeThatIsNeverAnsweredIsAnOutageAndEndsWithIt() throws IOException {
        try (var gateway = new Gateway(server.getListenPort("ldaps"))) {
            DirectoryAddress near = address("ldaps", "localhost", Optional.of(authority));
            var address = new DirectoryAddress(
                    "ldaps://localhost:" + gateway.port(),
                    near.root(),
                    near.bindDn(),
                    near.password(),
                    false,
                    near.trust(),
                    Optional.empty());
            gateway.be(Gateway.Mode.SILENT);
            long begun = System.nanoTime();
            String said = refusal(address);
            assertTrue(said.contains(" has not responded since "), said);
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(20).toNanos());
            gateway.be(Gateway.Mode.OPEN);
            long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (Availability.of(address.url()).outage().isPresent() && System.nanoTime() < end) {
                try (Directory back = Directory.connect(address, CLOCK)) {
                    back.prepareRoot();
                } catch (DirectoryDown notYet) {
                    assertTrue(System.nanoTime() < end, notYet::toString);
                }
            }
            assertTrue(Availability.of(address.url()).outage().isEmpty());
        }
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
        String said = refusal(address("ldaps", "localhost", Optional.of(empty)));
        assertTrue(said.contains("the certificates in " + empty + " cannot be read"), said);
    }

    private static String refusal(DirectoryAddress address) {
        return String.valueOf(assertThrows(DirectoryDown.class, () -> Directory.connect(address, CLOCK))
                .getMessage());
    }
}
