package org.posthouse.mailcore.relay.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.posthouse.mailcore.dns.Resolver;
import org.posthouse.mailcore.dns.TryAgain;
import org.posthouse.mailcore.store.Vault;
import org.posthouse.mailcore.store.Vault.Area;
import org.posthouse.mailcore.store.Vault.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies of domains, asked for when they are needed and kept as long as they say, over restarts too: whoever can
 * hide a policy now cannot take back the one that is known (RFC 8461 3.3, 10.2).
 */
public final class Policies {

    private static final Logger LOG = LoggerFactory.getLogger(Policies.class);
    private static final byte[] KEPT = {0, 'P'};
    // RFC 8461 3.3: not more often than every five minutes where it has failed.
    private static final Duration PAUSE = Duration.ofMinutes(5);
    // RFC 8461 10.2: asked for anew long before it ends, so that its end does not come while it cannot be had.
    private static final Duration FRESH = Duration.ofDays(1);
    private static final int MOST_FAILURES = 10_000;

    private final Resolver dns;
    private final PolicyHost host;
    private final Vault vault;
    private final Clock clock;
    private final Cache<String, Instant> failures =
            Caffeine.newBuilder().maximumSize(MOST_FAILURES).build();
    private final Cache<String, ReentrantLock> locks =
            Caffeine.newBuilder().weakValues().build();

    private record Known(String id, Instant since, Policy policy) {

        boolean lives(Instant now) {
            return now.isBefore(since.plus(policy.life()));
        }

        boolean isFresh(Instant now) {
            Duration half = policy.life().dividedBy(2);
            return now.isBefore(since.plus(half.compareTo(FRESH) < 0 ? half : FRESH));
        }
    }

    /** Keeps them in a vault. */
    public Policies(Resolver dns, PolicyHost host, Vault vault, Clock clock) {
        this.dns = dns;
        this.host = host;
        this.vault = vault;
        this.clock = clock;
    }

    /** The policy of a domain that is in force; empty when there is none, or none that could ever be had. */
    public Optional<Policy> of(String domain) {
        Optional<Known> known = known(domain);
        Optional<String> id = announced(domain);
        if (id.isEmpty() || isGood(known, id.get()) || hasFailed(domain)) {
            return known.map(Known::policy);
        }
        ReentrantLock lock = locks.get(domain, any -> new ReentrantLock());
        lock.lock();
        try {
            return renewed(domain, id.get()).map(Known::policy);
        } finally {
            lock.unlock();
        }
    }

    private boolean isGood(Optional<Known> known, String id) {
        return known.filter(policy -> policy.id().equals(id) && policy.isFresh(clock.instant()))
                .isPresent();
    }

    private boolean hasFailed(String domain) {
        Instant last = failures.getIfPresent(domain);
        return last != null && clock.instant().isBefore(last.plus(PAUSE));
    }

    private Optional<String> announced(String domain) {
        try {
            return Announcement.id(dns.texts("_mta-sts." + domain));
        } catch (TryAgain unknown) {
            return Optional.empty();
        }
    }

    // Somebody else may have asked while we waited for the lock.
    private Optional<Known> renewed(String domain, String id) {
        Optional<Known> known = known(domain);
        if (isGood(known, id) || hasFailed(domain)) {
            return known;
        }
        try {
            String text = host.fetch(domain);
            var fresh = new Known(id, clock.instant(), Policy.of(text));
            keep(domain, id + "\n" + fresh.since().getEpochSecond() + "\n" + text);
            LOG.info("MTA-STS policy {} of {}: {}", id, domain, fresh.policy());
            return Optional.of(fresh);
        } catch (PolicyHost.Unfetched | Policy.Malformed failed) {
            failures.put(domain, clock.instant());
            LOG.warn(
                    "MTA-STS policy {} of {} cannot be retrieved; {}: {}",
                    id,
                    domain,
                    known.isPresent() ? "the one that is known stays in force" : "continuing without a policy",
                    failed.getMessage());
            return known;
        }
    }

    private Optional<Known> known(String domain) {
        byte[] kept = vault.get(Area.INDEX, key(domain));
        if (kept == null) {
            return Optional.empty();
        }
        Optional<Known> known = read(new String(kept, UTF_8)).filter(one -> one.lives(clock.instant()));
        if (known.isEmpty()) {
            vault.commit(List.of(new Write(Area.INDEX, key(domain), null)));
        }
        return known;
    }

    private static Optional<Known> read(String form) {
        String[] parts = form.split("\n", 3);
        try {
            return Optional.of(
                    new Known(parts[0], Instant.ofEpochSecond(Long.parseLong(parts[1])), Policy.of(parts[2])));
        } catch (Policy.Malformed ofAnotherVersion) {
            return Optional.empty();
        }
    }

    private void keep(String domain, String form) {
        vault.commit(List.of(new Write(Area.INDEX, key(domain), form.getBytes(UTF_8))));
    }

    private static byte[] key(String domain) {
        byte[] name = domain.getBytes(UTF_8);
        return ByteBuffer.allocate(KEPT.length + name.length)
                .put(KEPT)
                .put(name)
                .array();
    }
}
