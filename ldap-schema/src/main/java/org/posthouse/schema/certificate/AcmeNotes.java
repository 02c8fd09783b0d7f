package org.posthouse.schema.certificate;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.SealedKey;

/**
 * What the directory keeps, beside the options, of a messaging server's dealings with an ACME authority.
 *
 * @param asked since when a certificate is asked for that has not come yet
 * @param issued names the certificate that came last; "" before the first
 * @param account the account with the authority; empty before the first order
 */
public record AcmeNotes(Optional<Instant> asked, String issued, Optional<AcmeAccount> account) {

    /** Nothing yet. */
    public static final AcmeNotes NONE = new AcmeNotes(Optional.empty(), "", Optional.empty());

    private static final String ASKED = "posthouseAcmeAsked";
    private static final String ISSUED = "posthouseAcmeIssued";
    private static final String ACCOUNT = "posthouseAcmeAccount";
    private static final String ACCOUNT_KEY = "posthouseAcmeAccountKey";

    /** What stands at a messaging server. What cannot be read counts as not there: it is made anew. */
    public static AcmeNotes of(Entry server) {
        return new AcmeNotes(
                server.value(ASKED).flatMap(AcmeNotes::instant),
                server.value(ISSUED).orElse(""),
                server.value(ACCOUNT).flatMap(half -> server.value(ACCOUNT_KEY).flatMap(key -> account(half, key))));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<AcmeAccount> account(String half, String sealed) {
        try {
            return Optional.of(new AcmeAccount(half, SealedKey.of(sealed)));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether a certificate is the one that came last, so that it is ours to renew. */
    public boolean issued(CertificateChain chain) {
        return issued.equals(digest(chain.own()));
    }

    /** What to save at the server so that a certificate is asked for. */
    public static Map<String, List<String>> asking(Instant now) {
        return Map.of(ASKED, List.of(now.toString()));
    }

    /** What to save at the server so that none is asked for any more. */
    public static Map<String, List<String>> silent() {
        return Map.of(ASKED, List.of());
    }

    /** What to save at the server together with a certificate that came. */
    public static Map<String, List<String>> answered(CertificateChain chain) {
        return Map.of(ASKED, List.of(), ISSUED, List.of(digest(chain.own())));
    }

    /** What to save at the server of a fresh account. */
    public static Map<String, List<String>> opened(AcmeAccount account) {
        return Map.of(
                ACCOUNT, List.of(account.half()),
                ACCOUNT_KEY, List.of(account.sealed().toString()));
    }

    private static String digest(X509Certificate certificate) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
