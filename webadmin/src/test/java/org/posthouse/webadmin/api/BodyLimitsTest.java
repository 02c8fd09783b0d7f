package org.posthouse.webadmin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BodyLimitsTest {

    @Test
    void whoeverHasNotSignedInCanSendLittle() {
        assertEquals(4_096, BodyLimits.limit("/sign-in"));
        assertEquals(4_096, BodyLimits.limit("sign-in/"));
        assertTrue(BodyLimits.limit("setup") <= 16_384);
        assertTrue(BodyLimits.limit("join") <= 16_384);
        assertTrue(BodyLimits.limit("nimsext") <= 16_384);
    }

    @Test
    void aResourceThatNobodyThoughtOfHasALimitToo() {
        assertEquals(262_144, BodyLimits.limit("statistics/x"));
        assertTrue(BodyLimits.limit("objects/cn%3Danna") > 1_000_000);
    }
}
