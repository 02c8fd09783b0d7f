package org.posthouse.webadmin.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Texts that come again and again, each kept once and called by a number. */
final class Names {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    /** A distinguished name as it is compared: two spellings of one name are equal. */
    static String key(String dn) {
        try {
            var name = new LdapName(dn);
            return name.getRdns().reversed().stream().map(Names::rdn).collect(Collectors.joining(","));
        } catch (InvalidNameException none) {
            return dn.toLowerCase(Locale.ROOT);
        }
    }

    private static String rdn(Rdn rdn) {
        return (rdn.getType() + "=" + Rdn.escapeValue(rdn.getValue())).toLowerCase(Locale.ROOT);
    }

    int number(String text) {
        return numbers.computeIfAbsent(text, fresh -> {
            texts.add(fresh);
            return texts.size() - 1;
        });
    }

    String text(int number) {
        return texts.get(number);
    }

    /** All there are. */
    List<String> all() {
        return texts;
    }

    /** The numbers of those that fit. */
    BitSet fitting(Predicate<String> fits) {
        var found = new BitSet(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            found.set(i, fits.test(texts.get(i)));
        }
        return found;
    }
}
