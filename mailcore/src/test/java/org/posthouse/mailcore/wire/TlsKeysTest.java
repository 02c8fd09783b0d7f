package org.posthouse.mailcore.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.mailcore.agent.TestKeys;

class TlsKeysTest {

    private static final Path EC = Path.of("src/test/resources/tls/ec");
    private static final Path RSA = Path.of("src/test/resources/tls/rsa");

    @ParameterizedTest
    @ValueSource(strings = {"ec", "rsa"})
    void everyKindOfKeyIsTaken(String kind) {
        TlsKeys keys = TestKeys.in(Path.of("src/test/resources/tls", kind));
        assertTrue(keys.context().isPresent(), keys.problem());
        assertEquals("", keys.problem());
    }

    @Test
    void aNewCertificateIsTakenUpAtOnceAndAnOldOneKeptWhileItHolds() {
        var page = new AtomicReference<>(TestKeys.page(EC));
        var keys = new TlsKeys(page::get, () -> TestKeys.SECRET, Optional.empty());
        var first = keys.required();
        assertSame(first, keys.required());
        page.set(TestKeys.page(RSA));
        assertNotSame(first, keys.required());
        page.set(TestKeys.OFF);
        assertFalse(keys.context().isPresent());
        assertEquals("SSL and TLS is off", keys.problem());
    }

    @Test
    void aKeySealedWithAnotherSystemSecretIsToldAbout() {
        var page = TestKeys.page(EC);
        var keys = new TlsKeys(() -> page, () -> "another secret", Optional.empty());
        assertFalse(keys.context().isPresent());
        assertTrue(keys.problem().contains("cannot be opened with the system secret"), keys.problem());
    }

    @Test
    void aCertificateThatCannotBeUsedKeepsTheOneBefore() {
        var page = new AtomicReference<>(TestKeys.page(EC));
        var secret = new AtomicReference<>(TestKeys.SECRET);
        var keys = new TlsKeys(page::get, secret::get, Optional.empty());
        var first = keys.required();
        secret.set("another secret");
        page.set(TestKeys.page(RSA));
        assertSame(first, keys.required());
        assertEquals("", keys.problem(), "the TLS port stays open");
        secret.set(TestKeys.SECRET);
        assertNotSame(first, keys.required(), "the new one is taken up as soon as it can be used");
        secret.set("another secret");
        page.set(TestKeys.OFF);
        assertFalse(keys.context().isPresent(), "switched off is switched off");
    }

    @Test
    void aCertificateThatCannotBeUsedAfterARestartKeepsTheOneBefore(@TempDir Path home) throws IOException {
        var inUse = Optional.of(new CertificateInUse(home));
        var page = new AtomicReference<>(TestKeys.page(EC));
        var before = new TlsKeys(page::get, () -> TestKeys.SECRET, inUse);
        assertTrue(before.context().isPresent());
        Path file = home.resolve("certificate-in-use.pem");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        page.set(TestKeys.page(RSA));
        var restarted = new TlsKeys(page::get, () -> "another secret", inUse);
        assertTrue(restarted.context().isPresent(), restarted.problem());
        assertEquals("", restarted.problem(), "the TLS port stays open");
        Files.writeString(file, "damaged");
        var damaged = new TlsKeys(page::get, () -> "another secret", inUse);
        assertTrue(damaged.problem().contains("cannot be opened with the system secret"), damaged.problem());
        page.set(TestKeys.OFF);
        assertFalse(damaged.context().isPresent());
        assertFalse(Files.exists(file), "no key is left behind when the certificate is deleted");
    }
}
