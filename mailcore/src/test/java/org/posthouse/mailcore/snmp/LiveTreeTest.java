package org.posthouse.mailcore.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snmp4j.agent.DefaultMOScope;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.OID;

class LiveTreeTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T00:00:00Z"), ZoneOffset.UTC);

    private final AtomicInteger asked = new AtomicInteger();
    private final LiveTree tree = new LiveTree(
            () -> {
                asked.incrementAndGet();
                var cells = new Cells();
                cells.number(new OID("1.3.6.1.2.10"), 1);
                cells.number(new OID("1.3.6.1.2.9"), 2);
                return cells.all();
            },
            CLOCK);

    private @Nullable OID next(String from, boolean included) {
        return tree.find(new DefaultMOScope(new OID(from), included, new OID("1.3.6.2"), false));
    }

    @Test
    void itIsWalkedInTheOrderOfNumbers() {
        assertEquals(new OID("1.3.6.1.2.9"), next("1.3.6.1", true));
        assertEquals(new OID("1.3.6.1.2.10"), next("1.3.6.1.2.9", false));
        assertNull(next("1.3.6.1.2.10", false));
    }

    @Test
    void aWalkOfOneMomentAsksOnce() {
        next("1.3.6.1", true);
        next("1.3.6.1.2.9", false);
        assertEquals(1, asked.get());
    }

    @Test
    void aCounterBeginsAnewWhenItIsFull() {
        var cells = new Cells();
        cells.counter(new OID("1.3"), (1L << 32) + 7);
        assertEquals(new Counter32(7), cells.all().get(new OID("1.3")));
    }
}
