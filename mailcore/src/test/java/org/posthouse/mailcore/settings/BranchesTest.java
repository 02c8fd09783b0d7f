package org.posthouse.mailcore.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;

/** What comes into force of what the directory says. */
class BranchesTest {

    private final Branches branches = new Branches();
    private final Saplings saplings = new Saplings();

    private static String domain(Settings settings, String server) {
        return settings.tree()
                .server(Saplings.server(server))
                .map(found -> found.identification().officialDomain().ascii())
                .orElse("");
    }

    @Test
    void aServerIsFoundByItsHostInAnyCase() {
        Settings settings = branches.adopt(saplings.with("one", Map.of()).all());
        assertEquals(1, settings.on("HOST1", Instant.EPOCH).size());
        assertEquals(0, settings.on("host2", Instant.EPOCH).size());
    }

    @Test
    void aBranchIsRefusedWholeAndItsLastGoodStateStays() {
        branches.adopt(saplings.with("one", Map.of()).all());
        saplings.with("one", Map.of("posthouseOfficialDomain", "new.example"));
        saplings.put(Saplings.agent("one", Kind.SMTP_AGENT), Kind.SMTP_AGENT, Map.of("posthouseSmtpPort", "many"));
        Settings refused = branches.adopt(saplings.all());
        assertEquals("one.example", domain(refused, "one"));
        Refusal refusal = Optional.ofNullable(refused.refusals().get(Saplings.server("one")))
                .orElseThrow();
        assertTrue(refusal.of(Saplings.agent("one", Kind.SMTP_AGENT)).contains("port \"many\""), refusal.reason());
        assertEquals("", refusal.of(Saplings.server("one")));
        saplings.put(Saplings.agent("one", Kind.SMTP_AGENT), Kind.SMTP_AGENT, Map.of("posthouseSmtpPort", "26"));
        assertEquals("new.example", domain(branches.adopt(saplings.all()), "one"));
    }

    @Test
    void oneBrokenBranchDoesNotHoldUpAnother() {
        branches.adopt(saplings.with("one", Map.of()).with("two", Map.of()).all());
        saplings.with("one", Map.of("posthouseIpAddress", "nowhere"));
        saplings.with("two", Map.of("posthouseOfficialDomain", "new.example"));
        Settings settings = branches.adopt(saplings.all());
        assertEquals("one.example", domain(settings, "one"));
        assertEquals("new.example", domain(settings, "two"));
    }

    @Test
    void aContextMayMoveFromOneServerToAnotherInOneStep() {
        String people = "ou=people,o=Acme,dc=posthouse";
        saplings.with("one", Map.of()).with("two", Map.of("posthouseContext", people));
        branches.adopt(saplings.all());
        saplings.with("one", Map.of("posthouseContext", people)).with("two", Map.of("posthouseIpAddress", "127.0.0.2"));
        Settings moved = branches.adopt(saplings.all());
        assertTrue(moved.refusals().isEmpty());
    }

    @Test
    void whatBreaksARuleBetweenServersIsRefusedWhereItWasChanged() {
        saplings.with("one", Map.of()).with("two", Map.of());
        branches.adopt(saplings.all());
        saplings.put(
                Saplings.agent("two", Kind.SMTP_AGENT), Kind.SMTP_AGENT, Map.of("posthouseUserDomain", "one.example"));
        Settings settings = branches.adopt(saplings.all());
        assertEquals(
                java.util.Set.of(Saplings.server("two")), settings.refusals().keySet());
        Snapshot one = Optional.ofNullable(settings.on("host1", Instant.EPOCH).get(Saplings.server("one")))
                .orElseThrow();
        assertTrue(one.globalDomains().contains(new DomainName("two.example")));
        assertTrue(one.hostingDomains().isEmpty());
    }

    @Test
    void whatNeverWasGoodIsBrokenOnItsHostAlone() {
        Settings settings = branches.adopt(
                saplings.with("one", Map.of("posthouseIpAddress", "nowhere")).all());
        assertEquals(1, settings.brokenOn("host1").size());
        assertEquals(0, settings.brokenOn("host2").size());
    }
}
