package org.posthouse.mailcore.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.posthouse.mailcore.agent.TestKeys;

class ProofTest {

    private static final Limits LIMITS = new Limits(10, 10, Duration.ofSeconds(5), Duration.ofSeconds(5));

    private static Listener greeter(String line, @Nullable Supplier<SSLContext> tls) {
        var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return Listener.open(
                "test", at, tls, LIMITS, session -> session.send(line + "\r\n").flush());
    }

    @Test
    void isTheFirstLineAndTheCertificateThatIsShown() {
        TlsKeys keys = TestKeys.in(Path.of("src/test/resources/tls/ec"));
        try (Listener plain = greeter("220 hello", null);
                Listener secure = greeter("220 hello", keys::required)) {
            assertEquals("220 hello", Proof.of(plain.address(), Optional.empty()));
            String proof = Proof.of(plain.address(), Optional.of(secure.address()));
            assertTrue(
                    proof.matches(
                            "220 hello · TLSv1\\.3, certificate of \\S+ until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC"),
                    proof);
        }
    }

    @Test
    void failsWhereNothingIsSaid() {
        var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Listener mute = Listener.open("test", at, null, LIMITS, Connection::close)) {
            assertThrows(WireException.class, () -> Proof.of(mute.address(), Optional.empty()));
        }
    }
}
