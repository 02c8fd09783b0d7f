package org.posthouse.webadmin.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.option.Trial;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.MailboxId;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Plan.About;
import org.posthouse.webadmin.pulse.Tried;

/** Names of new users, and mailboxes that have the name already. */
class NameRulesTest {

    private static final Running NOBODY = new Running(Map.of(), Map.of());

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    private Plan making(String name, String... attributes) {
        var given = new HashMap<String, List<String>>(Map.of("sn", List.of("Test")));
        for (int i = 0; i < attributes.length; i += 2) {
            given.put(attributes[i], List.of(attributes[i + 1]));
        }
        return plan(new Step.Make(house.users.child("cn", name), Kind.USER, given));
    }

    private Plan plan(Step... steps) {
        return new Planner(house.directory, house.tree(), NOBODY).plan(List.of(steps));
    }

    private void host(String domain) {
        house.directory.save(
                house.smtp,
                Map.of(),
                Map.of("posthouseUserDomain", List.of(domain)),
                house.read(house.smtp).revision());
    }

    @ParameterizedTest
    @ValueSource(strings = {"INBOX", "..", "CON", "an\u202Ena", "a/b", "eva@elsewhere.example", "an\u00ADna"})
    void aDangerousNameIsRefusedEvenWithTheSwitchForReservedNames(String name) {
        assertEquals(
                "name",
                making(name, "posthouseReservedName", "TRUE")
                        .flaws()
                        .getFirst()
                        .problem()
                        .option());
    }

    @Test
    void aReservedNameNeedsAnAdministratorsWord() {
        assertTrue(making("abuse").flaws().getFirst().problem().reason().contains("RFC 2142"));
        assertTrue(making("abuse", "posthouseReservedName", "TRUE").isSound());
        assertTrue(making("anna-maria").isSound());
    }

    @Test
    void theOtherSpellingOfANameIsTaken() {
        host("bücher.test");
        assertTrue(making("eva@xn--bcher-kva.test").isSound());
        house.directory.create(
                new NewObject(house.users.child("cn", "eva@bücher.test"), Kind.USER, Map.of("sn", List.of("E"))));
        Plan plan = making("Eva@xn--bcher-kva.test");
        assertTrue(plan.flaws().getFirst().problem().reason().contains("another spelling of eva@bücher.test"));
        Plan twice = plan(
                new Step.Make(house.users.child("cn", "fay@bücher.test"), Kind.USER, Map.of("sn", List.of("F"))),
                new Step.Make(
                        house.users.child("cn", "fay@xn--bcher-kva.test"), Kind.USER, Map.of("sn", List.of("F"))));
        assertTrue(
                twice.flaws().stream().anyMatch(flaw -> flaw.problem().reason().contains("another spelling")));
    }

    private List<About> told(Plan plan, Tried answer) {
        var asked = new ArrayList<String>();
        var mailboxes = new KeptMailboxes(house::tree, (server, about, value) -> {
            assertEquals(Trial.MAILBOX, about);
            assertEquals(house.mail1, server);
            asked.add(value);
            if (answer.word().equals("silent")) {
                throw new IOException("silent");
            }
            return answer;
        });
        List<About> told =
                mailboxes.about(plan).stream().map(Plan.Warning::about).toList();
        assertEquals(1, asked.size());
        return told;
    }

    @Test
    void whatBecomesOfTheMailboxIsSaidBefore() {
        var mail = new Tried("mail", "12 old-id");
        assertEquals(List.of(About.MAILBOX_SET_ASIDE), told(making("NewOne"), mail));
        assertEquals(List.of(), told(making("newone"), new Tried("empty", "")));
        assertEquals(List.of(About.MAILBOX_UNKNOWN), told(making("newone"), new Tried("silent", "")));
        assertEquals(List.of(About.MAILBOX_HANDED_OVER), told(making("newone", MailboxId.ATTRIBUTE, "old-id"), mail));
        assertEquals(
                List.of(About.MAILBOX_HANDED_OVER),
                told(making("newone", MailboxId.ATTRIBUTE, MailboxId.HAND_OVER), mail));
        house.directory.create(new NewObject(house.users.child("cn", "goner"), Kind.USER, Map.of("sn", List.of("G"))));
        assertEquals(List.of(About.MAILBOX_STAYS), told(plan(new Step.Remove(house.users.child("cn", "goner"))), mail));
    }
}
