package org.posthouse.mailcore.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/** Summaries of one mailbox that were read lately: a list is mostly asked for again. */
final class SummaryMemory {

    private static final int OCTETS = 32 << 20;
    private static final int OVERHEAD = 200;

    private final Vault vault;
    private final Keys keys;
    private final Cache<Long, Summary> memory = Caffeine.newBuilder()
            .maximumWeight(OCTETS)
            .weigher((Long body, Summary summary) -> OVERHEAD
                    + summary.header().length
                    + summary.envelope().length()
                    + summary.structure().length())
            .softValues()
            .build();

    SummaryMemory(Vault vault, Keys keys) {
        this.vault = vault;
        this.keys = keys;
    }

    Optional<Summary> of(Message message) {
        Summary known = memory.getIfPresent(message.body());
        if (known != null) {
            return Optional.of(known);
        }
        byte[] octets = vault.get(Vault.Area.INDEX, keys.summary(message.body()));
        if (octets == null) {
            return Optional.empty();
        }
        Summary read = Forms.summary(octets);
        memory.put(message.body(), read);
        return Optional.of(read);
    }
}
