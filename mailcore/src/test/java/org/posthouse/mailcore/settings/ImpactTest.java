package org.posthouse.mailcore.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.tree.Impact;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.Place;

/** What a change asks of running agents. */
class ImpactTest {

    private final MessagingServer before =
            new Saplings().with("one", Map.of()).snapshot("one").server();

    private Impact ofServer(String attribute, String value) {
        return Impact.between(
                before,
                new Saplings()
                        .with("one", Map.of(attribute, value))
                        .snapshot("one")
                        .server());
    }

    private Impact ofAgent(Kind kind, String attribute, String value) {
        Place agent = Saplings.agent("one", kind);
        var saplings = new Saplings().with("one", Map.of());
        return Impact.between(
                before,
                saplings.put(agent, kind, Map.of(attribute, value))
                        .snapshot("one")
                        .server());
    }

    @Test
    void nothingChangedAsksNothing() {
        Impact impact = Impact.between(
                before, new Saplings().with("one", Map.of()).snapshot("one").server());
        assertEquals(Map.of(Kind.NMAP_AGENT, Effect.LIVE, Kind.SMTP_AGENT, Effect.LIVE), impact.agents());
        assertFalse(impact.restart());
    }

    @Test
    void theOfficialDomainIsObeyedLive() {
        assertEquals(
                Effect.LIVE,
                ofServer("posthouseOfficialDomain", "new.example").agents().get(Kind.SMTP_AGENT));
    }

    @Test
    void theAddressOfTheServerRebindsEveryAgentAndThePortOneAlone() {
        assertEquals(
                Map.of(Kind.NMAP_AGENT, Effect.REBIND, Kind.SMTP_AGENT, Effect.REBIND),
                ofServer("posthouseIpAddress", "127.0.0.2").agents());
        assertEquals(
                Map.of(Kind.NMAP_AGENT, Effect.LIVE, Kind.SMTP_AGENT, Effect.REBIND),
                ofAgent(Kind.SMTP_AGENT, "posthouseSmtpPort", "26").agents());
    }

    @Test
    void theTempDirectoryRestartsTheServerAndTheMessageStoreItsAgent() {
        assertTrue(ofServer("posthouseWorkDirectory", "elsewhere").restart());
        Impact store = ofAgent(Kind.NMAP_AGENT, "posthouseMessageStore", "elsewhere");
        assertFalse(store.restart());
        assertEquals(Effect.AGENT_RESTART, store.agents().get(Kind.NMAP_AGENT));
        assertTrue(store.isWhole(), "all agents work on the mail of the NMAP Agent");
    }

    @Test
    void agentsComeAndGo() {
        var saplings = new Saplings()
                .with("one", Map.of())
                .put(Saplings.agent("one", Kind.POP_AGENT), Kind.POP_AGENT, Map.of())
                .without(Saplings.agent("one", Kind.SMTP_AGENT));
        Impact impact = Impact.between(before, saplings.snapshot("one").server());
        assertEquals(Set.of(Kind.POP_AGENT), impact.created());
        assertEquals(Set.of(Kind.SMTP_AGENT), impact.gone());
    }
}
