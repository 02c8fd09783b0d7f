package org.posthouse.mailcore.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One address of an envelope, or the begin or end of a group: RFC 3501 7.4.2. Only the ends of a group lack a mailbox or
 * host; in an address whose text leaves one of them out, a stand-in takes its place.
 *
 * @param name display name, may be empty
 * @param route source route with its first "@" (RFC 5322 4.4), may be empty
 * @param mailbox local part; name of the group at its begin, absent at its end
 * @param host domain; absent for the two ends of a group
 */
record Address(String name, String route, Optional<String> mailbox, Optional<String> host) {

    private static final int MOST = 5_000;
    private static final String NO_MAILBOX = "MISSING_MAILBOX";
    private static final String NO_HOST = "MISSING_DOMAIN";
    private static final Address GROUP_END = new Address("", "", Optional.empty(), Optional.empty());

    private static Address of(String name, String route, String mailbox, String host) {
        // RFC 5322 4.4: blanks may stand around the dots of a domain.
        String joined = host.replaceAll(" ?\\. ?", ".");
        return new Address(
                name,
                route,
                Optional.of(mailbox.isEmpty() ? NO_MAILBOX : mailbox),
                Optional.of(joined.isEmpty() ? NO_HOST : joined));
    }

    /** Name and address as people write them. */
    String text() {
        return (name.isEmpty() ? "" : name + " ") + "<" + mailbox.orElse("") + "@" + host.orElse("") + ">";
    }

    /** Reads a list of addresses, RFC 5322 3.4; what is no address becomes a mailbox without domain. */
    static List<Address> list(String text) {
        var words = new HeaderWords(text);
        var addresses = new ArrayList<Address>();
        boolean inGroup = false;
        while (!words.atEnd() && addresses.size() < MOST) {
            words.forgetComment();
            String phrase = words.upTo(",;:<@");
            if (words.skip(':')) {
                endGroup(inGroup, addresses);
                addresses.add(new Address("", "", Optional.of(phrase), Optional.empty()));
                inGroup = true;
                continue;
            }
            one(words, phrase).ifPresent(addresses::add);
            words.upTo(",;");
            if (words.skip(';')) {
                endGroup(inGroup, addresses);
                inGroup = false;
            }
            words.skip(',');
        }
        endGroup(inGroup, addresses);
        return addresses;
    }

    private static void endGroup(boolean inGroup, List<Address> addresses) {
        if (inGroup) {
            addresses.add(GROUP_END);
        }
    }

    private static Optional<Address> one(HeaderWords words, String phrase) {
        if (words.skip('<')) {
            return Optional.of(angled(words, phrase));
        }
        if (words.skip('@')) {
            String host = words.upTo(",;:<");
            return Optional.of(of(words.comment(), "", phrase, host));
        }
        return phrase.isEmpty() ? Optional.empty() : Optional.of(of(words.comment(), "", phrase, ""));
    }

    // RFC 5322 4.4: "<@relay.example,@other.example:bob@example.com>" has a source route before the address.
    private static Address angled(HeaderWords words, String name) {
        String before = words.upTo(":@>");
        String route = "";
        if (before.isEmpty() && words.skip('@')) {
            String named = words.upTo(":>");
            if (!words.skip(':')) {
                words.skip('>');
                return of(name, "", "", named);
            }
            route = "@" + named.replace(" ", "");
            before = words.upTo("@>");
        }
        String host = words.skip('@') ? words.upTo(">") : "";
        words.skip('>');
        return of(name, route, before, host);
    }
}
