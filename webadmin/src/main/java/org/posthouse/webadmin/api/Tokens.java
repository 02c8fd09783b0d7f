package org.posthouse.webadmin.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.login.Installed;

/** Bearer tokens that stand for a sign-in until they expire or the console stops. Only their hashes are kept. */
@ApplicationScoped
public class Tokens {

    private static final Duration VALID = Duration.ofHours(8);
    private static final int MOST = 1_000;

    @Inject
    private Installed installed;

    private final Map<String, Holder> holders = new LinkedHashMap<>();

    private record Holder(Place user, Instant until) {}

    /**
     * A token as given out.
     *
     * @param text what the caller shows
     * @param until when it expires
     */
    record Token(String text, Instant until) {}

    synchronized Token give(Place user) {
        Instant now = installed.clock().instant();
        holders.values().removeIf(holder -> holder.until().isBefore(now));
        if (holders.size() >= MOST) {
            holders.remove(holders.keySet().iterator().next());
        }
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        var token = new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(secret), now.plus(VALID));
        holders.put(hash(token.text()), new Holder(user, token.until()));
        return token;
    }

    /** Whose token this is; empty when it is none, or none any longer. */
    public synchronized Optional<Place> holder(String token) {
        return Optional.ofNullable(holders.get(hash(token)))
                .filter(holder -> holder.until().isAfter(installed.clock().instant()))
                .map(Holder::user);
    }

    /** From now on nobody is let in by this token. */
    synchronized void withdraw(String token) {
        holders.remove(hash(token));
    }

    private static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
