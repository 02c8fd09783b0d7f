package org.posthouse.webadmin.setup;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SetupTokenTest {

    @Test
    void theSetupTokenOpensOnceItIsTheSameAndInTime() {
        Instant now = Instant.ofEpochSecond(1000);
        assertTrue(SetupToken.opens("abc 1001\n", "abc", now));
        assertFalse(SetupToken.opens("abc 1000\n", "abc", now));
        assertFalse(SetupToken.opens("abc 1001\n", "abd", now));
        assertFalse(SetupToken.opens("", "", now));
        assertFalse(SetupToken.opens("abc", "abc", now));
        assertFalse(SetupToken.opens(" 1001", "", now));
    }
}
