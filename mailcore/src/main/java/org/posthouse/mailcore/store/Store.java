package org.posthouse.mailcore.store;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** All mailboxes of one NMAP Agent. A mailbox comes to be when it is asked for: at the first login or message. */
public final class Store {

    private final Vault vault;
    private final LoadingCache<String, Mailbox> mailboxes;

    /** Keeps mailboxes in this vault, which stays the caller's to close. */
    public Store(Vault vault, Clock clock) {
        this.vault = vault;
        // All sessions of an account share one mailbox object: soft values stay as long as anybody holds them.
        this.mailboxes = Caffeine.newBuilder().softValues().build(account -> new Mailbox(account, vault, clock));
    }

    /** The mailbox of an account, named in lower case. */
    public Mailbox mailbox(String account) {
        return mailboxes.get(account);
    }

    /** When the account's owner last opened its mailbox; empty when nobody ever did, or there is none. */
    public Optional<Instant> opened(String account) {
        Mailbox known = mailboxes.getIfPresent(account);
        return known != null
                ? known.opened()
                : Optional.ofNullable(vault.get(Vault.Area.INDEX, new Keys(account).opened()))
                        .map(Forms::moment);
    }

    /** Whether the account has a mailbox already. */
    public boolean exists(String account) {
        return !vault.range(Vault.Area.INDEX, new Keys(account).folders()).isEmpty();
    }
}
