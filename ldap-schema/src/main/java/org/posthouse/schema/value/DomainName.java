package org.posthouse.schema.value;

import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An Internet domain name in its ASCII form and lower case, so that equal domains are equal values.
 *
 * <p>Names outside ASCII follow IDNA2008 (RFC 5890 to 5893) with the mapping of UTS #46, non-transitional, as browsers
 * do: ß, final sigma, and joiners in context are characters of their own. Labels have at most 63 octets and the name at
 * most 253 (RFC 1035 2.3.4). The wire, the directory, and all comparisons use {@link #ascii}; people read
 * {@link #unicode}. Immutable, and safe for use by several threads.
 */
public record DomainName(String ascii) {

    private static final Pattern LABELS = Pattern.compile("(?!-)[a-z0-9-]{1,63}(?<!-)(\\.(?!-)[a-z0-9-]{1,63}(?<!-))*");

    private static final IDNA IDNA2008 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.USE_STD3_RULES);

    /** Takes any written form. Throws IllegalArgumentException, in words for the reader, when it is no domain name. */
    public DomainName {
        ascii = normal(ascii.strip());
    }

    private static String normal(String typed) {
        // A name saved as A-labels stays as it is, even one that IDNA2008 would not make today.
        String name = isAscii(typed) ? typed.toLowerCase(Locale.ROOT) : mapped(typed);
        if (name.length() > 253 || !LABELS.matcher(name).matches()) {
            throw new IllegalArgumentException("is not a domain name, such as example.com");
        }
        return name;
    }

    private static String mapped(String typed) {
        var name = new StringBuilder();
        var info = new IDNA.Info();
        IDNA2008.nameToASCII(typed, name, info);
        if (info.hasErrors()) {
            throw new IllegalArgumentException("is not a domain name: " + reason(info));
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static String reason(IDNA.Info info) {
        for (IDNA.Error error : info.getErrors()) {
            switch (error) {
                case DISALLOWED, CONTEXTJ, CONTEXTO_PUNCTUATION, CONTEXTO_DIGITS, LEADING_COMBINING_MARK -> {
                    return "it contains a character that domain names do not allow there (RFC 5892)";
                }
                case BIDI -> {
                    return "it mixes writing directions in a way that RFC 5893 does not allow";
                }
                case LABEL_TOO_LONG, DOMAIN_NAME_TOO_LONG -> {
                    return "it is too long (RFC 1035 allows 63 characters in a label and 253 in all)";
                }
                case PUNYCODE, INVALID_ACE_LABEL -> {
                    return "it contains an \"xn--\" label that is not valid Punycode (RFC 3492)";
                }
                default -> {
                    // Another error may say more.
                }
            }
        }
        return "write it like example.com";
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** The name as people write it, with U-labels; the ASCII form where that has no valid one. For display only. */
    public String unicode() {
        if (!ascii.contains("xn--")) {
            return ascii;
        }
        var name = new StringBuilder();
        var info = new IDNA.Info();
        IDNA2008.nameToUnicode(ascii, name, info);
        return info.hasErrors() ? ascii : name.toString();
    }

    @Override
    public String toString() {
        return ascii;
    }
}
