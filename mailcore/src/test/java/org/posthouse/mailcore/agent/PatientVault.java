package org.posthouse.mailcore.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.store.Vault;

/**
 * A vault that commits many batches as one while a test fills it, because a slow disk is not what the test measures. Used by
 * one thread meanwhile.
 */
final class PatientVault implements Vault {

    private static final int AT_ONCE = 500;

    private final Vault vault;
    private final List<Write> kept = new ArrayList<>();
    private int batches;
    private boolean filling;

    PatientVault(Vault vault) {
        this.vault = vault;
    }

    /** What is written during the work is committed when it ends, or sooner. */
    void filling(Runnable work) {
        filling = true;
        work.run();
        flush();
        filling = false;
    }

    private void flush() {
        vault.commit(List.copyOf(kept));
        kept.clear();
        batches = 0;
    }

    @Override
    public void commit(List<Write> batch) {
        if (!filling) {
            vault.commit(batch);
            return;
        }
        kept.addAll(batch);
        if (++batches == AT_ONCE) {
            flush();
        }
    }

    @Override
    public byte @Nullable [] get(Area area, byte[] key) {
        return vault.get(area, key);
    }

    @Override
    public List<Pair> range(Area area, byte[] prefix) {
        return vault.range(area, prefix);
    }

    @Override
    public List<byte[]> keys(Area area, byte[] prefix) {
        return vault.keys(area, prefix);
    }

    @Override
    public List<String> accounts() {
        return vault.accounts();
    }

    @Override
    public Path temp() {
        return vault.temp();
    }

    @Override
    public void close() {
        vault.close();
    }
}
