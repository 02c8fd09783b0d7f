package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.directory.DirectoryException.Unwilling;

/** Puts LDAP result codes (RFC 4511 4.1.9) into words for an administrator. */
final class Reasons {

    private static final Pattern DISK =
            Pattern.compile("free space of ([\\d.,]+) bytes .*threshold of ([\\d.,]+) bytes");
    private static final Set<ResultCode> DOWN = Set.of(
            ResultCode.CONNECT_ERROR,
            ResultCode.SERVER_DOWN,
            ResultCode.TIMEOUT,
            ResultCode.UNAVAILABLE,
            ResultCode.BUSY,
            ResultCode.LOCAL_ERROR,
            ResultCode.USER_CANCELED,
            ResultCode.DECODING_ERROR);

    private static final Set<ResultCode> FORBIDDEN = Set.of(
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
            ResultCode.AUTHORIZATION_DENIED,
            ResultCode.STRONG_AUTH_REQUIRED,
            ResultCode.INAPPROPRIATE_AUTHENTICATION);

    private static final Set<ResultCode> LIMITS =
            Set.of(ResultCode.SIZE_LIMIT_EXCEEDED, ResultCode.TIME_LIMIT_EXCEEDED, ResultCode.ADMIN_LIMIT_EXCEEDED);

    private static final Set<ResultCode> SCHEMA = Set.of(
            ResultCode.OBJECT_CLASS_VIOLATION,
            ResultCode.UNDEFINED_ATTRIBUTE_TYPE,
            ResultCode.INVALID_ATTRIBUTE_SYNTAX,
            ResultCode.CONSTRAINT_VIOLATION);

    // What the SDK says when the certificate is for another host.
    private static final String OTHER_NAME = "Hostname verification failed";

    private Reasons() {}

    /** The exception to throw for one of the LDAP SDK. */
    static DirectoryException of(LDAPException failure, DirectoryAddress address) {
        ResultCode code = failure.getResultCode();
        String said = said(failure);
        if (DOWN.contains(code) && isAboutTls(failure)) {
            return new DirectoryDown(address.url() + " cannot be used: " + cause(failure), failure);
        }
        if (code.equals(ResultCode.PARAM_ERROR)) {
            return new DirectoryDown(address.url() + " cannot be used: " + failure.getMessage(), failure);
        }
        if (DOWN.contains(code)) {
            return new DirectoryDown(address.url() + " does not answer: " + cause(failure), failure);
        }
        if (code.equals(ResultCode.INVALID_CREDENTIALS)) {
            return new NotAllowed(address.url() + " does not accept the name and password of " + address.bindDn());
        }
        if (code.equals(ResultCode.CONFIDENTIALITY_REQUIRED)) {
            return new NotAllowed(
                    address.url() + " does this over TLS only; use an ldaps:// URL or --directory-starttls" + said);
        }
        if (FORBIDDEN.contains(code)) {
            return new NotAllowed(address.bindDn() + " is not allowed to do this at " + address.url() + said);
        }
        if (LIMITS.contains(code)) {
            return new Unwilling(
                    address.url() + " does not give " + address.bindDn()
                            + " all the results; raise the limit of this account there" + said,
                    failure);
        }
        if (code.equals(ResultCode.REFERRAL)) {
            return new Unwilling(
                    address.url() + " does not accept changes and refers to "
                            + String.join(" or ", failure.getReferralURLs()) + "; use that server",
                    failure);
        }
        if (SCHEMA.contains(code)) {
            return new Unwilling(
                    address.url() + " rejects the values; check that Posthouse's schema is loaded there" + said,
                    failure);
        }
        return diskFull(failure)
                .orElseGet(
                        () -> new Unwilling(address.url() + " rejects the request: " + code.getName() + said, failure));
    }

    // OpenDJ: "Disk free space of %d bytes for directory %s is now below low threshold of %d bytes."
    private static Optional<Unwilling> diskFull(LDAPException failure) {
        Matcher said = DISK.matcher(String.valueOf(failure.getDiagnosticMessage()));
        return said.find()
                ? Optional.of(new Unwilling(
                        "The directory's disk is full: " + megabytes(said.group(1)) + " MB free, "
                                + megabytes(said.group(2)) + " MB required",
                        failure))
                : Optional.empty();
    }

    private static long megabytes(String octets) {
        return Long.parseLong(octets.replaceAll("[^0-9]", "")) >> 20;
    }

    private static String said(LDAPException failure) {
        return Optional.ofNullable(failure.getDiagnosticMessage())
                .map(message -> " (" + message.strip() + ")")
                .orElse("");
    }

    // Never the SDK's own text: it names requests and classes. What it says is in the log, with the exception.
    static String cause(LDAPException failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            innermost = cause;
        }
        return switch (innermost) {
            case ConnectException refused -> "connection refused";
            case UnknownHostException unknown -> "its host name is unknown";
            case NoRouteToHostException unreachable -> "there is no route to it";
            case GeneralSecurityException untrusted -> "its certificate is not trusted: " + untrusted.getMessage();
            case SSLException broken -> "the TLS handshake failed: " + broken.getMessage();
            default -> cause(String.valueOf(failure.getMessage()), failure.getResultCode());
        };
    }

    /** Whether the server answered, and TLS with it failed. */
    static boolean isAboutTls(LDAPException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException || cause instanceof SSLException) {
                return true;
            }
        }
        return String.valueOf(failure.getMessage()).contains(OTHER_NAME);
    }

    private static String cause(String said, ResultCode code) {
        if (said.contains("Connection refused")) {
            return "connection refused";
        }
        return said.contains(OTHER_NAME) ? "its certificate does not name this host" : cause(code);
    }

    private static String cause(ResultCode code) {
        if (code.equals(ResultCode.TIMEOUT)) {
            return "timed out";
        }
        if (code.equals(ResultCode.BUSY)) {
            return "it is busy";
        }
        if (code.equals(ResultCode.UNAVAILABLE)) {
            return "it is starting or shutting down";
        }
        return code.equals(ResultCode.DECODING_ERROR) ? "its answer is damaged" : "the connection was lost";
    }
}
