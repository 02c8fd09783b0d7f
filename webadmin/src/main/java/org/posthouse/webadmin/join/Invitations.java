package org.posthouse.webadmin.join;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.join.NotAdmitted.Cause;
import org.posthouse.webadmin.login.Installed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens that let one host join, once, within fifteen minutes. Only their hashes are kept, and only in memory: a console
 * that starts anew knows none. What became of one is remembered for a day, to say so to whoever shows it again.
 */
@ApplicationScoped
public class Invitations {

    /** How long a token is good for. */
    public static final Duration VALID = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(Invitations.class);
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int OCTETS = 32;
    private static final int MOST = 1_000;

    /**
     * A token as given out.
     *
     * @param id its hash, by which its fate can be asked for
     * @param token what the host shows
     * @param until when it expires
     */
    public record Given(String id, String token, Instant until) {}

    /**
     * What became of a token.
     *
     * @param until when it expires
     * @param joined the Host Server that joined with it
     * @param used when that was
     */
    public record Fate(Instant until, Optional<Place> joined, Optional<Instant> used) {}

    private record Open(Place in, String by, Fate fate) {}

    private final Map<String, Open> known = new HashMap<>();
    private Clock clock = Clock.systemUTC();

    /** For the container. */
    public Invitations() {}

    @Inject
    Invitations(Installed installed) {
        this(installed.clock());
    }

    Invitations(Clock clock) {
        this.clock = clock;
    }

    /** Makes a token for a Host Server, or for a container in which one will be made. */
    public synchronized Given give(Place in, String by) {
        Instant now = clock.instant();
        known.values().removeIf(open -> open.fate().until().plus(REMEMBERED).isBefore(now));
        if (known.size() >= MOST) {
            throw new NotAdmitted(Cause.IMPOSSIBLE, "Too many tokens were created today");
        }
        var chance = new byte[OCTETS];
        new SecureRandom().nextBytes(chance);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
        var given = new Given(hash(token), token, now.plus(VALID));
        known.put(given.id(), new Open(in, by, new Fate(given.until(), Optional.empty(), Optional.empty())));
        LOG.info("{} created a token for a host to join in {}; it is valid until {}", by, in, given.until());
        return given;
    }

    /** What became of a token. */
    public synchronized Optional<Fate> fate(String id) {
        return Optional.ofNullable(known.get(id)).map(Open::fate);
    }

    /**
     * Lets whoever shows a token join where it is for. The token is used up when that succeeds; when it does not, nothing
     * was given out and it can be shown again. Throws NotAdmitted.
     */
    public synchronized <T> T use(String token, Function<Place, T> join, Function<T, Place> host) {
        String id = hash(token);
        Open open = Optional.ofNullable(known.get(id))
                .orElseThrow(() -> new NotAdmitted(
                        Cause.UNKNOWN,
                        "The console does not recognize this token: it is mistyped, or the console was restarted. "
                                + "Create a new command there."));
        open.fate().used().ifPresent(used -> {
            throw new NotAdmitted(
                    Cause.USED,
                    "This token was used at " + used + ", by "
                            + open.fate().joined().map(Place::leaf).orElse("a host")
                            + ". Each token lets one host join, once. If that was not you, delete that Host Server.");
        });
        Instant now = clock.instant();
        if (now.isAfter(open.fate().until())) {
            throw new NotAdmitted(
                    Cause.EXPIRED,
                    "This token expired at " + open.fate().until() + ". Create a new command in the console.");
        }
        T joined = join.apply(open.in());
        var fate = new Fate(open.fate().until(), Optional.of(host.apply(joined)), Optional.of(now));
        known.put(id, new Open(open.in(), open.by(), fate));
        LOG.info("{} joined with the token that {} created", host.apply(joined), open.by());
        return joined;
    }

    private static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
