package org.posthouse.mailcore.acme;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.exception.AcmeUserActionRequiredException;

/** Says in words why an authority gave no certificate: in its own words where it has any, made safe to show. */
final class Reasons {

    private static final int LONGEST = 700;

    private Reasons() {}

    /** Why asking at this address failed. */
    static OrderFailed of(Throwable failure, Wish wish) {
        String host = wish.directory().getHost();
        return switch (failure) {
            case AcmeRateLimitedException limited ->
                new OrderFailed(
                        host + " says: " + words(limited.getProblem()),
                        limited.getRetryAfter().orElse(null),
                        limited);
            case AcmeUserActionRequiredException action ->
                new OrderFailed(
                        host + " says: " + words(action.getProblem())
                                + action.getTermsOfServiceUri()
                                        .map(terms -> " Its terms: " + clean(terms.toString()))
                                        .orElse(""),
                        action);
            case AcmeServerException said -> new OrderFailed(host + " says: " + words(said.getProblem()), said);
            case AcmeNetworkException broken -> new OrderFailed(network(broken.getCause(), host), broken);
            default -> {
                Throwable cause = failure.getCause();
                yield cause instanceof Exception && !cause.equals(failure)
                        ? of(cause, wish)
                        : new OrderFailed(
                                host + " does not answer like an ACME service: " + clean(failure.getMessage()),
                                failure);
            }
        };
    }

    private static String network(@Nullable Throwable cause, String host) {
        return switch (cause) {
            case HttpTimeoutException late -> host + " does not answer in time.";
            case ConnectException refused ->
                isUnknown(refused) ? "The name " + host + " cannot be resolved." : host + " cannot be reached.";
            case SSLException untrusted ->
                host + " is not trusted (" + clean(untrusted.getMessage())
                        + "). For a private service, add its authority to the Trusted Authorities.";
            case null -> host + " cannot be reached.";
            default -> host + " is unavailable: " + clean(cause.getMessage());
        };
    }

    private static boolean isUnknown(ConnectException refused) {
        return Stream.<Throwable>iterate(refused, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .anyMatch(UnresolvedAddressException.class::isInstance);
    }

    /** A problem document (RFC 9457), with what it says of each name. */
    static String words(Problem problem) {
        String all = problem.getDetail()
                .or(problem::getTitle)
                .orElseGet(() -> problem.getType().toString());
        String each = problem.getSubProblems().stream()
                .map(sub -> name(sub) + sub.getDetail().or(sub::getTitle).orElse(""))
                .collect(Collectors.joining("; "));
        return clean(Stream.of(all, each).filter(text -> !text.isBlank()).collect(Collectors.joining(" – ")));
    }

    private static String name(Problem problem) {
        return problem.getIdentifier()
                .map(Identifier::toMap)
                .map(identifier -> identifier.get("value") + ": ")
                .orElse("");
    }

    /** A text of somebody else's without what could harm a page or a log. */
    static String clean(@Nullable String text) {
        String plain =
                String.valueOf(text).replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
