package org.posthouse.schema.licence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.SignedText;

class LicenceTest {

    private static final LocalDate TODAY = LocalDate.of(2027, 3, 1);
    private static final String LINES = """
            Edition: Foundation
            Holder: Acme GmbH, Köln
            Features: NMAP Agent, SMTP Agent, IMAP Agent
            Issued: 2027-01-01
            Expires: 2027-03-20
            Serial: 17
            """;

    @TempDir
    Path folder;

    private final Issuer issuer = new Issuer();

    private Trust trust() {
        issuer.trustedIn(folder);
        return Trust.in(folder);
    }

    private String reason(String text, LocalDate day) {
        return assertThrows(LicenceRefused.class, () -> trust().check(text, day))
                .reason();
    }

    @Test
    void aLicenceSaysToWhomForWhatAndHowLong() {
        Licence licence = trust().check(issuer.issue(LINES), TODAY);
        assertEquals("the Foundation license of Acme GmbH, Köln, serial 17", licence.name());
        assertTrue(licence.covers(Kind.IMAP_AGENT));
        assertFalse(licence.covers(Kind.POP_AGENT));
        assertEquals(Optional.of(LocalDate.of(2027, 3, 20)), licence.expires());
    }

    @Test
    void lineEndsOfAnotherSystemDoNotMatter() {
        assertEquals(
                "17",
                trust().check(issuer.issue(LINES).replace("\n", "\r\n"), TODAY).serial());
    }

    @Test
    void theLicenceThatComesWithPosthouseAllowsEverythingForEver() throws IOException {
        assertTrue(Licensing.features().stream().allMatch(Trust.community()::covers));
        assertEquals(Optional.empty(), Trust.community().expires());
        try (var in = Trust.class.getResourceAsStream("community.licence")) {
            String text = new String(java.util.Objects.requireNonNull(in).readAllBytes(), ISO_8859_1);
            assertEquals(Trust.community(), Trust.in(folder.resolve("none")).check(text, TODAY));
        }
    }

    @Test
    void oneBitFlippedAnywhereIsRefused() {
        Trust trust = trust();
        byte[] good = issuer.issue(LINES).strip().getBytes(ISO_8859_1);
        for (int at = 0; at < good.length * 8; at++) {
            byte[] bad = Arrays.copyOf(good, good.length);
            bad[at / 8] ^= (byte) (1 << (at % 8));
            String text = new String(bad, ISO_8859_1);
            int bit = at;
            assertThrows(LicenceRefused.class, () -> trust.check(text, TODAY), () -> "bit " + bit + ": " + text);
        }
    }

    @Test
    void whatWasChangedIsToldFromWhatIsSignedByAStranger() {
        String changed = issuer.issue(LINES).replace("2027-03-20", "2037-03-20");
        assertTrue(reason(changed, TODAY).contains("it was changed after it was signed"), reason(changed, TODAY));
        var stranger = new Issuer();
        String foreign = reason(stranger.issue(LINES), TODAY);
        assertTrue(foreign.contains(stranger.key()) && foreign.contains("not trusted"), foreign);
    }

    @Test
    void beforeItsFirstAndAfterItsLastDayItIsRefused() {
        String text = issuer.issue(LINES);
        assertEquals(
                "This license is not valid yet: it starts on 2027-01-01.", reason(text, LocalDate.of(2026, 12, 31)));
        assertEquals("This license expired: its last day was 2027-03-20.", reason(text, LocalDate.of(2027, 3, 21)));
        assertEquals("17", trust().check(text, LocalDate.of(2027, 3, 20)).serial());
    }

    @Test
    void whatLacksALineOrIsNoLicenceIsNamed() {
        assertTrue(reason("hello", TODAY).contains("last line is not a signature"));
        String lacking = issuer.issue(LINES.replace("Serial: 17\n", ""));
        assertEquals("This is not a license: it lacks the line \"Serial:\".", reason(lacking, TODAY));
        String twice = issuer.issue(LINES + "Serial: 18\n");
        assertEquals("This is not a license: it has two lines \"Serial:\".", reason(twice, TODAY));
        String day = issuer.issue(LINES.replace("2027-03-20", "soon"));
        assertTrue(reason(day, TODAY).contains("\"Expires: soon\" is not a date"));
    }

    @Test
    void aFileThatIsNoKeyTrustsNobodyAndHidesNoOther() throws IOException {
        Files.writeString(folder.resolve("a.pem"), "-----BEGIN PUBLIC KEY-----\nhello\n-----END PUBLIC KEY-----\n");
        assertEquals("17", trust().check(issuer.issue(LINES), TODAY).serial());
    }

    @Test
    void whatIsNotInTheLicenceInForceIsRefusedAndStopped() {
        var licensing = Licensing.of(Optional.of(new SignedText(issuer.issue(LINES))), trust(), TODAY);
        assertTrue(licensing.covers(Kind.SMTP_AGENT));
        assertTrue(licensing.stops(Kind.POP_AGENT));
        String why = licensing.refusal(Kind.POP_AGENT).orElseThrow();
        assertTrue(why.startsWith("Not part of the Foundation license of Acme GmbH, Köln, serial 17."), why);
    }

    @Test
    void aLicenceWarnsThirtyDaysBeforeItsEnd() {
        var text = Optional.of(new SignedText(issuer.issue(LINES)));
        assertEquals("", Licensing.of(text, trust(), LocalDate.of(2027, 2, 18)).warning());
        String soon = Licensing.of(text, trust(), LocalDate.of(2027, 2, 19)).warning();
        assertTrue(soon.contains("expires in 30 days"), soon);
        String today = Licensing.of(text, trust(), LocalDate.of(2027, 3, 20)).warning();
        assertTrue(today.contains("expires today"), today);
    }

    @Test
    void anExpiredLicenceLeavesFoundationAndStopsNothing() {
        var text = Optional.of(new SignedText(issuer.issue(LINES.replace("NMAP Agent,", "List Agent,"))));
        var expired = Licensing.of(text, trust(), LocalDate.of(2027, 4, 1));
        assertTrue(expired.covers(Kind.POP_AGENT), "Foundation");
        assertFalse(expired.covers(Kind.LIST_AGENT), "licensed before");
        assertFalse(expired.stops(Kind.LIST_AGENT));
        assertEquals("17", expired.licence().orElseThrow().serial());
        assertTrue(expired.refusal(Kind.LIST_AGENT).orElseThrow().contains("its last day was 2027-03-20"));
    }

    @Test
    void withoutALicenceTheCommunityLicenceIsInForce() {
        var licensing = Licensing.of(Optional.empty(), trust(), TODAY);
        assertFalse(licensing.installed());
        assertTrue(licensing.covers(Kind.PROXY_AGENT));
        assertEquals("", licensing.warning());
    }
}
