package org.posthouse.schema.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spaces at the ends of names, which servers write in either form of RFC 4514. */
class SpacedPlaceTest {

    @ParameterizedTest
    @ValueSource(strings = {"cn=\\20both ends\\20,dc=posthouse", "cn=\\ both ends\\ ,dc=posthouse"})
    void bothFormsOfASpaceAreTheSameName(String dn) {
        Place place = Place.of(dn);
        assertEquals(" both ends ", place.leaf());
        assertEquals(Place.of("dc=posthouse").child("cn", " both ends "), place);
    }

    @Test
    void aBackslashBeforeAnotherNumberStaysOne() {
        assertEquals("a\\20", Place.of("cn=a\\\\20,dc=posthouse").leaf());
        assertEquals("a\\ 20", Place.of("cn=a\\\\ 20,dc=posthouse").leaf());
    }
}
