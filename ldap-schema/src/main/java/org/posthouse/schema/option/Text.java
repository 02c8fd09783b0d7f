package org.posthouse.schema.option;

import java.util.Locale;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.FolderPath;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.PlainText;
import org.posthouse.schema.value.SealedKey;
import org.posthouse.schema.value.Secret;
import org.posthouse.schema.value.SignedText;
import org.posthouse.schema.value.TrapDestination;
import org.posthouse.schema.value.TrustedAuthorities;
import org.posthouse.schema.value.WebAddress;

/** The text form of single values, as it stands in the directory, in a form and in the API. */
public final class Text {

    private Text() {}

    /** Reads one value. Throws IllegalArgumentException with a phrase for the reader. */
    public static Object read(Class<?> type, String text) {
        if (!PlainText.isText(text)) {
            throw new IllegalArgumentException(PlainText.REASON);
        }
        if (type == SignedText.class) {
            return new SignedText(text);
        }
        if (type == TrustedAuthorities.class) {
            return TrustedAuthorities.of(text);
        }
        if (!PlainText.isLine(text)) {
            throw new IllegalArgumentException(PlainText.REASON);
        }
        if (type.isEnum()) {
            return constant(type, text);
        }
        return switch (type.getSimpleName()) {
            case "String" -> text;
            case "boolean" -> truth(text);
            case "int" -> Math.toIntExact(number(text, Integer.MAX_VALUE));
            case "long" -> number(text, Long.MAX_VALUE);
            case "DomainName" -> new DomainName(text);
            case "IpAddress" -> new IpAddress(text);
            case "FolderPath" -> new FolderPath(text);
            case "CertificateChain" -> CertificateChain.of(text);
            case "SealedKey" -> SealedKey.of(text);
            case "Place" -> Place.of(text);
            case "Secret" -> new Secret(text);
            case "TrapDestination" -> TrapDestination.of(text);
            case "WebAddress" -> WebAddress.of(text);
            default -> throw new IllegalStateException("no text form for " + type);
        };
    }

    /** Writes one value so that {@link #read} gives it back. */
    public static String write(Object value) {
        return switch (value) {
            case Boolean truth -> truth ? "TRUE" : "FALSE";
            case Secret secret -> secret.text();
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            default -> value.toString();
        };
    }

    private static boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0", "" -> false;
            default -> throw new IllegalArgumentException("is neither TRUE nor FALSE");
        };
    }

    private static long number(String text, long most) {
        try {
            long number = Long.parseLong(text.strip());
            if (number <= most && number >= -most) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("is not a whole number", malformed);
        }
        throw new IllegalArgumentException("is too large");
    }

    private static Object constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(text.strip())) {
                return constant;
            }
        }
        throw new IllegalArgumentException("is not one of the choices");
    }
}
