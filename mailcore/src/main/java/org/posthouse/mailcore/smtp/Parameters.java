package org.posthouse.mailcore.smtp;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthouse.mailcore.queue.Xtext;

/**
 * The parameters after a path: {@code KEYWORD=value KEYWORD} (RFC 5321 4.1.1.11). Keywords are upper case here.
 *
 * <p>RFC 1870 (SIZE), RFC 3461 (RET, ENVID, NOTIFY, ORCPT), RFC 4954 (AUTH), RFC 6152 (BODY), RFC 6531 (SMTPUTF8).
 */
final class Parameters {

    private Parameters() {}

    /** Throws IllegalArgumentException, in words for the peer, when they are malformed or one is given twice. */
    static Map<String, String> read(String rest) {
        if (rest.isEmpty()) {
            return Map.of();
        }
        var found = new LinkedHashMap<String, String>();
        for (String one : rest.split(" +")) {
            int equals = one.indexOf('=');
            String keyword = (equals < 0 ? one : one.substring(0, equals)).toUpperCase(Locale.ROOT);
            if (keyword.isEmpty() || found.put(keyword, equals < 0 ? "" : one.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("malformed or repeated parameter " + one);
            }
        }
        return found;
    }

    /** What {@code xtext} stands for (RFC 3461 4). Throws IllegalArgumentException when it is malformed. */
    static String plain(String xtext) {
        return checked(Xtext.plain(xtext));
    }

    /** What is wrong with the parameters of MAIL, where a message may have {@code largest} octets. */
    static Optional<Reply> wrongForMail(Map<String, String> given, long largest) {
        return given.entrySet().stream()
                .flatMap(one -> wrongForMail(one.getKey(), one.getValue(), largest).stream())
                .findFirst();
    }

    private static Optional<Reply> wrongForMail(String keyword, String value, long largest) {
        return switch (keyword) {
            case "SIZE" -> wrongSize(value, largest);
            case "BODY" -> unless(value.equalsIgnoreCase("7BIT") || value.equalsIgnoreCase("8BITMIME"));
            case "RET" -> unless(value.equalsIgnoreCase("FULL") || value.equalsIgnoreCase("HDRS"));
            case "ENVID" -> unless(value.length() <= 100 && !plain(value).isEmpty());
            case "AUTH" -> unless(!value.isEmpty());
            case "SMTPUTF8" -> unless(value.isEmpty());
            default -> Optional.of(Reply.of(555, "5.5.4", "Unknown parameter " + keyword));
        };
    }

    private static Optional<Reply> wrongSize(String value, long largest) {
        // RFC 1870 4: up to 20 digits, which is more than a long holds.
        if (value.isEmpty() || value.length() > 20 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(Reply.BAD_SYNTAX);
        }
        return new BigInteger(value).compareTo(BigInteger.valueOf(largest)) > 0
                ? Optional.of(tooLarge(largest))
                : Optional.empty();
    }

    static Reply tooLarge(long largest) {
        return Reply.of(552, "5.3.4", "Message too large: at most " + largest + " octets");
    }

    /** What is wrong with the parameters of RCPT. */
    static Optional<Reply> wrongForRcpt(Map<String, String> given) {
        return given.entrySet().stream()
                .flatMap(one -> wrongForRcpt(one.getKey(), one.getValue()).stream())
                .findFirst();
    }

    private static Optional<Reply> wrongForRcpt(String keyword, String value) {
        return switch (keyword) {
            case "NOTIFY" -> unless(isNotify(value.toUpperCase(Locale.ROOT)));
            case "ORCPT" ->
                unless(value.indexOf(';') > 0
                        && value.length() <= 500
                        && !plain(value).isEmpty());
            default -> Optional.of(Reply.of(555, "5.5.4", "Unknown parameter " + keyword));
        };
    }

    private static boolean isNotify(String value) {
        return value.equals("NEVER")
                || List.of("SUCCESS", "FAILURE", "DELAY").containsAll(List.of(value.split(",", -1)));
    }

    private static Optional<Reply> unless(boolean right) {
        return right ? Optional.empty() : Optional.of(Reply.BAD_SYNTAX);
    }

    // It goes into reports and further dialogues: a line end in it would inject a header or a command.
    private static String checked(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("control characters in a parameter");
        }
        return text;
    }
}
