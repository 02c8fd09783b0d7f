package org.posthouse.webadmin.setup;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a new password must be: long enough and not the first that anybody would try. No rules about kinds of characters,
 * which make passwords worse (NIST SP 800-63B 5.1.1.2).
 */
public final class Passwords {

    /** The least number of characters. */
    public static final int LEAST = 8;

    /** The number of characters to recommend. */
    public static final int GOOD = 12;

    private static final Set<String> COMMON = Set.of(
            "password",
            "passwort",
            "passw0rd",
            "p@ssw0rd",
            "p@ssword",
            "letmein1",
            "trustno1",
            "iloveyou",
            "sunshine",
            "princess",
            "football",
            "baseball",
            "superman",
            "computer",
            "internet",
            "qwertyui",
            "qwertyuiop",
            "qwertzui",
            "asdfghjk",
            "asdfghjkl",
            "yxcvbnmm",
            "zxcvbnmm",
            "1q2w3e4r",
            "1q2w3e4r5t",
            "1qaz2wsx",
            "q1w2e3r4",
            "abcd1234",
            "abc12345",
            "a1b2c3d4",
            "admin123",
            "admin1234",
            "administrator",
            "root1234",
            "changeme",
            "changeit",
            "welcome1",
            "welcome123",
            "postmaster",
            "posthouse",
            "netmail1",
            "test1234",
            "testtest",
            "default1",
            "secret12",
            "geheim12",
            "michelle",
            "jennifer",
            "starwars",
            "whatever",
            "dragon12",
            "monkey12",
            "master12");

    private Passwords() {}

    /** What is wrong with this password for this user, as a phrase after "Password"; empty when it may be used. */
    public static Optional<String> problem(String password, String userName) {
        if (password.codePointCount(0, password.length()) < LEAST) {
            return Optional.of("must have at least " + LEAST + " characters; " + GOOD + " or more are better");
        }
        if (password.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("must not contain control characters");
        }
        if (password.matches("(?s)\\{[^{}\\s]+\\}.*")) {
            return Optional.of("must not begin with a word in braces, which directories read as the name of a hash");
        }
        String plain = password.strip().toLowerCase(Locale.ROOT);
        if (COMMON.contains(plain) || COMMON.contains(plain.replaceAll("[0-9!.]{1,4}$", "")) || isRow(plain)) {
            return Optional.of("is too common");
        }
        return plain.equals(userName.strip().toLowerCase(Locale.ROOT))
                ? Optional.of("must not be the user's name")
                : Optional.empty();
    }

    // aaaaaaaa, 12345678, 87654321: each character follows from the one before.
    private static boolean isRow(String text) {
        int step = text.length() < 2 ? 0 : text.charAt(1) - text.charAt(0);
        for (int i = 1; i < text.length(); i++) {
            int here = text.charAt(i) - text.charAt(i - 1);
            boolean wrapped = text.charAt(i - 1) == '9' && text.charAt(i) == '0';
            if (here != step && !wrapped) {
                return false;
            }
        }
        return Math.abs(step) <= 1;
    }
}
