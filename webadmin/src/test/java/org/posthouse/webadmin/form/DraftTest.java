package org.posthouse.webadmin.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.option.Option;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.value.Secret;

class DraftTest {

    private House house;

    @BeforeEach
    void open() {
        house = new House();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private List<String> wrong(Draft draft) {
        return house.problems(draft).stream().map(Problem::option).toList();
    }

    @Test
    void anUntouchedDraftChangesNothing() {
        Draft draft = house.draft(house.smtp, "smtp-options");
        assertEquals(List.of(), draft.changes());
        assertEquals(List.of(), house.problems(draft));
        assertEquals(house.read(house.smtp).revision(), house.save(draft).revision());
    }

    @Test
    void aDefaultIsShownButNeverWritten() {
        Draft draft = house.draft(house.smtp, "smtp-options");
        assertEquals(List.of("25"), draft.texts("port"));
        assertTrue(draft.isDefault("port"));
        draft.set("port", List.of("2525"));
        house.save(draft);
        Draft back = house.draft(house.smtp, "smtp-options");
        assertEquals(List.of("2525"), back.texts("port"));
        back.set("port", List.of("25"));
        assertEquals(List.of(), house.save(back).values("posthouseSmtpPort"));
    }

    @Test
    void aChangeSaysBeforeAfterAndEffect() {
        Draft draft = house.draft(house.smtp, "smtp-options");
        draft.set("port", List.of(" 2525 "));
        draft.set("allowVrfy", List.of("false"));
        Change change = draft.changes().getFirst();
        assertEquals(1, draft.changes().size());
        assertEquals(List.of("25"), change.before());
        assertEquals(List.of("2525"), change.after());
        assertEquals(Effect.REBIND, change.option().effect());
    }

    @Test
    void eachMalformedValueIsNamedAtOnce() {
        Draft draft = house.draft(house.smtp, "smtp-options");
        draft.set("port", List.of("99999"));
        draft.set("maximumMessageSize", List.of("much"));
        assertEquals(List.of("port", "maximumMessageSize"), wrong(draft));
        assertThrows(Refused.class, () -> house.save(draft));
    }

    @Test
    void thePageHasToHoldTogether() {
        Draft draft = house.draft(house.smtp, "smtp-options");
        draft.set("port", List.of("465"));
        assertEquals(List.of(""), wrong(draft));
    }

    @Test
    void theTreeHasToAgree() {
        Draft hosting = house.draft(house.smtp, "smtp-identification");
        hosting.set("hostingDomains", List.of("hosted.example"));
        house.save(hosting);
        Draft draft = house.draft(house.mail1, "server-identification");
        draft.set("officialDomain", List.of("hosted.example"));
        assertEquals(List.of("officialDomain"), wrong(draft));
    }

    @Test
    void aPostmasterMustBeAUserThatExists() {
        Draft draft = house.draft(house.mail1, "server-identification");
        draft.set("postmaster", List.of("cn=nobody,ou=people,o=Acme,dc=posthouse"));
        assertEquals("does not exist", house.problems(draft).getFirst().reason());
        draft.set("postmaster", List.of(house.host.toString()));
        assertEquals(
                "is a Host Server, not a User", house.problems(draft).getFirst().reason());
    }

    @Test
    void listsAreSavedAsDeltasSoThatAColleaguesAdditionStays() {
        Draft mine = house.draft(house.smtp, "smtp-identification");
        Draft theirs = house.draft(house.smtp, "smtp-identification");
        theirs.set("globalDomains", List.of("theirs.example"));
        house.save(theirs);
        mine.set("globalDomains", List.of("mine.example"));
        Conflict conflict = assertThrows(Conflict.class, () -> house.save(mine));
        Draft again = mine.onto(conflict.current());
        assertEquals(List.of("theirs.example", "mine.example"), again.texts("globalDomains"));
        assertEquals(2, house.save(again).values("posthouseDomain").size());
    }

    @Test
    void whatTwoChangedAtOnceIsShownWithBothValues() {
        Draft mine = house.draft(house.smtp, "smtp-options");
        Draft theirs = house.draft(house.smtp, "smtp-options");
        theirs.set("port", List.of("2526"));
        house.save(theirs);
        mine.set("port", List.of("2527"));
        mine.set("allowVrfy", List.of("TRUE"));
        Conflict conflict = assertThrows(Conflict.class, () -> house.save(mine));
        List<Clash> clashes = mine.clashes(conflict.current());
        assertEquals(1, clashes.size());
        assertEquals(List.of("2526"), clashes.getFirst().theirs());
        assertEquals(List.of("2527"), clashes.getFirst().yours());
    }

    @Test
    void contextsAreKeptOnTheServer() {
        Draft draft = house.draft(house.mail1.child("cn", "NMAP Agent"), "nmap-context");
        assertEquals(house.mail1, draft.holder().place());
        assertEquals(List.of(house.users.toString()), draft.texts("contexts"));
        draft.set("contexts", List.of());
        assertFalse(draft.changes().isEmpty());
        assertEquals(List.of(), house.save(draft).values("posthouseContext"));
    }

    /** A page with a secret, kept in an attribute that every object of ours may have. */
    @Panel(name = "guarded", title = "Guarded")
    public record Guarded(
            @Option(
                    id = 0,
                    attribute = "description",
                    label = "Password",
                    effect = Effect.LIVE,
                    secret = true,
                    help = "Only programs read it.")
            Optional<Secret> password) {}

    private Draft guarded() {
        return Draft.of(house.directory, house.read(house.mail1), PanelFacts.of(Guarded.class));
    }

    private List<String> stored() {
        return house.read(house.mail1).values("description");
    }

    private Draft wishing(String... texts) {
        Draft draft = guarded();
        draft.set("password", List.of(texts));
        return draft;
    }

    @Test
    void aSecretIsStoredAsTyped() {
        house.save(wishing(" two words "));
        assertEquals(List.of(" two words "), stored());
    }

    @Test
    void anEmptyFieldLeavesASecretAsItIs() {
        house.save(wishing("first"));
        assertEquals(List.of(), wishing("").changes());
        house.save(wishing(""));
        assertEquals(List.of("first"), stored());
    }

    @Test
    void anEmptyFieldTakesBackWhatWasTypedBefore() {
        house.save(wishing("first"));
        Draft draft = wishing("second");
        draft.set("password", List.of(""));
        assertEquals(List.of(), draft.changes());
    }

    @Test
    void aSecretIsReplacedAndTakenAway() {
        house.save(wishing("first"));
        house.save(wishing("second"));
        assertEquals(List.of("second"), stored());
        house.save(wishing());
        assertEquals(List.of(), stored());
    }

    @Test
    void aProblemDoesNotRepeatTheSecret() {
        Problem problem =
                guarded().panel().problems("password", List.of("tab\u0007")).getFirst();
        assertEquals("", problem.value());
        assertFalse(problem.reason().contains("tab"), problem::reason);
    }

    @Test
    void nothingOfAServerWithoutItsPostmasterIsEditedButThePostmaster() {
        house.user("anna");
        house.server.delete(house.admin.toString());
        Draft status = house.draft(house.mail1, "server-status");
        status.set("ipAddress", List.of("127.0.0.9"));
        assertEquals(List.of("postmaster"), wrong(status));
        Draft refused = status;
        assertThrows(Refused.class, () -> house.save(refused));
        Draft identification = house.draft(house.mail1, "server-identification");
        identification.set(
                "postmaster", List.of(house.users.child("cn", "nobody").toString()));
        assertEquals(List.of("postmaster"), wrong(identification), "who is not there cannot take over");
        identification.set("postmaster", List.of(house.users.child("cn", "anna").toString()));
        assertEquals(List.of(), wrong(identification));
        house.save(identification);
        status = house.draft(house.mail1, "server-status");
        status.set("ipAddress", List.of("127.0.0.9"));
        assertEquals(List.of(), wrong(status));
    }

    @Test
    void anObjectThatAnotherToolDeletedMeanwhileIsSaidToBeGone() {
        Draft draft = house.draft(house.smtp, "smtp-options");
        draft.set("port", List.of("2525"));
        house.server.delete(house.smtp.toString());
        assertThrows(Missing.class, () -> house.save(draft));
    }
}
