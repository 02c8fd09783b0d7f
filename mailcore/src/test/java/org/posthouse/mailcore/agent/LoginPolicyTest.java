package org.posthouse.mailcore.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthouse.schema.panel.AgentSecurity;
import org.posthouse.schema.panel.AgentSecurity.Remote;

class LoginPolicyTest {

    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("192.0.2.9");

    @ParameterizedTest
    @CsvSource({
        "REFUSED, true, false",
        "REFUSED, false, false",
        "WHILE_TLS_IS_OFF, true, false",
        "WHILE_TLS_IS_OFF, false, true",
        "ALLOWED, true, true",
        "ALLOWED, false, true",
    })
    void anotherHostSignsInWithoutTlsOnlyWhereThePageSaysSo(Remote remote, boolean tlsOffered, boolean admitted) {
        var policy = new LoginPolicy(new AgentSecurity(true, remote), tlsOffered);
        assertEquals(admitted, policy.admitsPlain(ELSEWHERE));
        assertEquals(admitted, policy.admitsPlain(InetAddress.ofLiteral("2001:db8::9")));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "127.0.0.9", "::1"})
    void thisHostHasAnOptionOfItsOwn(String loopback) {
        var peer = InetAddress.ofLiteral(loopback);
        assertTrue(new LoginPolicy(new AgentSecurity(true, Remote.REFUSED), true).admitsPlain(peer));
        assertFalse(new LoginPolicy(new AgentSecurity(false, Remote.ALLOWED), false).admitsPlain(peer));
    }

    @Test
    void anAgentWhoseEntrySaysNothingWorksAsItDidBeforeThePageExisted() {
        assertTrue(new LoginPolicy(AgentSecurity.DEFAULT, true).admitsPlain(InetAddress.getLoopbackAddress()));
        assertTrue(new LoginPolicy(AgentSecurity.DEFAULT, false).admitsPlain(ELSEWHERE));
        assertFalse(new LoginPolicy(AgentSecurity.DEFAULT, true).admitsPlain(ELSEWHERE));
    }

    @Test
    void theRefusalNamesWhatTheClientCanDo() {
        assertEquals("Use STLS before you sign in", new LoginPolicy(AgentSecurity.DEFAULT, true).refusal("STLS"));
        assertEquals(
                "Signing in without TLS is not allowed here, and this server offers no TLS",
                new LoginPolicy(AgentSecurity.DEFAULT, false).refusal("STLS"));
    }
}
