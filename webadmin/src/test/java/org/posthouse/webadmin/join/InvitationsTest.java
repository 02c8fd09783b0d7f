package org.posthouse.webadmin.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.join.NotAdmitted.Cause;

class InvitationsTest {

    private static final Place ACME = Place.of("o=Acme,dc=x");
    private static final Place HOST = Place.of("cn=host2,o=Acme,dc=x");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T12:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final Invitations invitations = new Invitations(clock);

    @Test
    void aTokenHas256BitsAndLetsOneHostJoinWhereItIsFor() {
        var given = invitations.give(ACME, "admin");
        assertEquals(32, Base64.getUrlDecoder().decode(given.token()).length);
        assertEquals(HOST, use(given.token()));
        assertEquals(Optional.of(HOST), invitations.fate(given.id()).flatMap(Invitations.Fate::joined));
    }

    @Test
    void usedTwiceItSaysWhoWasFirst() {
        String token = invitations.give(ACME, "admin").token();
        use(token);
        NotAdmitted refused = refused(token);
        assertEquals(Cause.USED, refused.reason());
        assertTrue(
                String.valueOf(refused.getMessage()).contains("2026-11-25T12:00:00Z, by host2"),
                String.valueOf(refused));
    }

    @Test
    void itExpiresAfterFifteenMinutes() {
        String token = invitations.give(ACME, "admin").token();
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(15)).plusMillis(1));
        assertEquals(Cause.EXPIRED, refused(token).reason());
    }

    @Test
    void whatNoConsoleMadeIsUnknown() {
        assertEquals(Cause.UNKNOWN, refused("x".repeat(43)).reason());
        assertEquals(Cause.UNKNOWN, refused("").reason());
    }

    @Test
    void oneThatLedToNothingCanBeShownAgain() {
        String token = invitations.give(ACME, "admin").token();
        Function<Place, Place> fails = in -> {
            throw new NotAdmitted(Cause.IMPOSSIBLE, "no way");
        };
        assertThrows(NotAdmitted.class, () -> invitations.use(token, fails, Function.identity()));
        assertEquals(HOST, use(token));
    }

    @Test
    void theTokenItselfIsNotKept() {
        var given = invitations.give(ACME, "admin");
        assertFalse(given.id().contains(given.token()));
        assertTrue(invitations.fate(given.token()).isEmpty(), "it is known by its hash");
    }

    private Place use(String token) {
        return invitations.use(
                token,
                in -> {
                    assertEquals(ACME, in);
                    return HOST;
                },
                Function.identity());
    }

    private NotAdmitted refused(String token) {
        return assertThrows(NotAdmitted.class, () -> use(token));
    }
}
