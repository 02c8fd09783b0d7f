package org.posthouse.mailcore.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** How often a fault that lasts is logged. */
class RepeatedFaultTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> lines = new ArrayList<>();
    private Instant now = START;
    private final RepeatedFault faults =
            new RepeatedFault(new Lines(lines), ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    private void note(String text, int times) {
        for (int i = 0; i < times; i++) {
            faults.note("folder of mail1", text);
            now = now.plusSeconds(2);
        }
    }

    @Test
    void aFaultThatLastsIsLoggedOnceAMinuteWithACount() {
        note("No room.", 91);
        assertEquals(
                List.of(
                        "WARN No room.",
                        "WARN No room. (30 more times since 2026-01-01T00:00:00Z)",
                        "WARN No room. (30 more times since 2026-01-01T00:01:00Z)",
                        "WARN No room. (30 more times since 2026-01-01T00:02:00Z)"),
                lines);
    }

    @Test
    void aTextThatChangesEachTimeDoesNotFillTheLog() {
        for (int i = 0; i < 29; i++) {
            note("No room for " + i, 1);
        }
        assertEquals(List.of("WARN No room for 0"), lines);
    }

    @Test
    void afterItIsOverItIsLoggedAtOnceAgain() {
        note("No room.", 2);
        assertTrue(faults.over("folder of"));
        note("No room.", 1);
        assertEquals("WARN No room.", lines.getLast());
        assertEquals(2, lines.size());
    }

    @Test
    void oneFaultDoesNotHideAnother() {
        faults.note("one", "One.");
        faults.note("two", "Two.");
        assertEquals(List.of("WARN One.", "WARN Two."), lines);
    }

    @Test
    void moreFaultsThanItRemembersDoNotGrowWithoutEnd() {
        for (int i = 0; i < 3_000; i++) {
            now = now.plus(Duration.ofMillis(1));
            faults.note("peer " + i, "Peer " + i);
        }
        assertEquals(3_000, lines.size());
    }

    private static final class Lines extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        private final transient List<String> lines;

        private Lines(List<String> lines) {
            this.lines = lines;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String text,
                Object @Nullable [] values,
                @Nullable Throwable thrown) {
            lines.add(level + " " + MessageFormatter.basicArrayFormat(text, values));
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
