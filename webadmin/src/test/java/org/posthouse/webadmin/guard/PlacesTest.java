package org.posthouse.webadmin.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places(60, 30);

    private long entered(String source, int tries) {
        return IntStream.range(0, tries).filter(each -> places.enter(source)).count();
    }

    @Test
    void oneAddressTakesPartOfThePlacesAndAllTogetherNoMoreThanThereAre() {
        assertEquals(30, entered("192.0.2.1", 200));
        assertTrue(places.enter("192.0.2.2"), "others still get in");
        assertEquals(29, entered("192.0.2.2", 200));
        assertFalse(places.enter("192.0.2.3"));
        places.leave("192.0.2.1");
        assertTrue(places.enter("192.0.2.3"));
    }
}
