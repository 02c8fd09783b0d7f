package org.posthouse.mailcore.agent;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.store.MemoryVault;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.store.Vault;

/** A vault in memory whose disk is full when a test says so, with the words of the operating system. */
public final class DiskThatFills implements Vault {

    private final MemoryVault memory = new MemoryVault();
    private volatile boolean full;

    /** From now on nothing can be written. */
    public void fill() {
        full = true;
    }

    /** From now on everything can be written again. */
    public void makeRoom() {
        full = false;
    }

    @Override
    public byte @Nullable [] get(Area area, byte[] key) {
        return memory.get(area, key);
    }

    @Override
    public List<Pair> range(Area area, byte[] prefix) {
        return memory.range(area, prefix);
    }

    @Override
    public List<byte[]> keys(Area area, byte[] prefix) {
        return memory.keys(area, prefix);
    }

    @Override
    public List<String> accounts() {
        return memory.accounts();
    }

    @Override
    public void commit(List<Write> batch) {
        if (full) {
            throw new StoreFailure(
                    "the store in /mail cannot be written: While appending to file: /mail/1.log: No space left on device",
                    new IOException("No space left on device"));
        }
        memory.commit(batch);
    }

    @Override
    public void close() {
        memory.close();
    }
}
