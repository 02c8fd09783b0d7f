package org.posthouse.schema.value;

import java.util.LinkedHashSet;
import java.util.List;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * How passwords are prepared before they are set and checked: the PRECIS profile OpaqueString (RFC 8265 4.2), so that a
 * password works from every keyboard. All spaces become ordinary ones and characters are composed (NFC); case counts.
 */
public final class OpaqueString {

    private OpaqueString() {}

    /** The prepared form. Throws IllegalArgumentException with a phrase that follows "Password" when there is none. */
    public static String of(String typed) {
        try {
            return PrecisProfiles.OPAQUE_STRING.enforce(typed);
        } catch (RuntimeException refused) {
            throw new IllegalArgumentException(
                    "must not be empty or contain control characters or unassigned characters (RFC 8265)", refused);
        }
    }

    /**
     * What to try when a password is checked: the prepared form, then the octets as typed where they differ, because a
     * password that another tool or an earlier revision set was not prepared.
     */
    public static List<String> forms(String typed) {
        var forms = new LinkedHashSet<String>();
        try {
            forms.add(of(typed));
        } catch (IllegalArgumentException unprepared) {
            // Then only as typed.
        }
        forms.add(typed);
        return List.copyOf(forms);
    }
}
