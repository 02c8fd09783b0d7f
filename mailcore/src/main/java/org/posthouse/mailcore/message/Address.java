package org.posthouse.mailcore.message;

import java.util.ArrayList;
import java.util.List;

/**
 * One address of an envelope, or the begin or end of a group: RFC 3501 7.4.2.
 *
 * @param name display name, may be empty
 * @param mailbox local part; name of the group at its begin, empty at its end
 * @param host domain; empty for the two ends of a group
 */
record Address(String name, String mailbox, String host) {

    private static final int MOST = 5_000;

    /** Reads a list of addresses, RFC 5322 3.4; what is no address becomes a mailbox without domain. */
    static List<Address> list(String text) {
        var words = new HeaderWords(text);
        var addresses = new ArrayList<Address>();
        boolean inGroup = false;
        while (!words.atEnd() && addresses.size() < MOST) {
            words.forgetComment();
            String phrase = words.upTo(",;:<@");
            if (words.skip('<')) {
                addresses.add(angled(words, phrase));
            } else if (words.skip('@')) {
                String host = words.upTo(",;:<");
                addresses.add(new Address(words.comment(), phrase, host));
            } else if (words.skip(':')) {
                addresses.add(new Address("", phrase, ""));
                inGroup = true;
                continue;
            } else if (!phrase.isEmpty()) {
                addresses.add(new Address(words.comment(), phrase, "MISSING_DOMAIN"));
            }
            words.upTo(",;");
            if (words.skip(';') && inGroup) {
                addresses.add(new Address("", "", ""));
                inGroup = false;
            }
            words.skip(',');
        }
        return addresses;
    }

    // RFC 5322 4.4: a source route before the address is read over.
    private static Address angled(HeaderWords words, String name) {
        String before = words.upTo(":@>");
        while (before.isEmpty() && words.skip('@')) {
            words.upTo(":>");
            words.skip(':');
            before = words.upTo("@>");
        }
        String host = words.skip('@') ? words.upTo(">") : "MISSING_DOMAIN";
        words.skip('>');
        return new Address(name, before, host.replace(" ", ""));
    }
}
