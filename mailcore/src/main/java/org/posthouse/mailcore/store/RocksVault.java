package org.posthouse.mailcore.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * The vault on disk: one RocksDB of an NMAP Agent, opened by one process at a time.
 *
 * <p><b>Durable.</b> A commit returns after its log record was synced. All commits that sessions hand over while the
 * disk is busy are gathered by one {@link Committer} and synced together, so that twenty sessions cost one flush.
 *
 * <p><b>Large values.</b> Bodies lie in blob files beside the index, so that compaction moves keys and not mail.
 *
 * <p><b>Memory.</b> Write buffers and block cache share {@value #MEMORY} octets, however many mailboxes there are.
 */
public final class RocksVault implements Vault {

    private static final long MEMORY = 48L << 20;
    private static final long WRITE_BUFFER = 12L << 20;
    private static final int BLOB_FROM = 1024;
    private static final byte[] BODIES_FAMILY = "bodies".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Path folder;
    private final Path temp;
    private final RocksDB db;
    private final Map<Area, ColumnFamilyHandle> areas = new EnumMap<>(Area.class);
    private final List<RocksObject> owned = new ArrayList<>();
    private final Committer committer;
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    private RocksVault(Path folder, Path temp) throws RocksDBException {
        this.folder = folder;
        this.temp = temp;
        RocksDB.loadLibrary();
        var cache = own(new LRUCache(MEMORY));
        var handles = new ArrayList<ColumnFamilyHandle>();
        var families =
                List.of(family(RocksDB.DEFAULT_COLUMN_FAMILY, index(cache)), family(BODIES_FAMILY, bodies(cache)));
        this.db = RocksDB.open(options(cache, temp), folder.toString(), families, handles);
        areas.put(Area.INDEX, handles.get(0));
        areas.put(Area.BODIES, handles.get(1));
        this.committer = new Committer("vault " + folder.getFileName(), this::write);
    }

    /** Opens, or begins, the vault in a folder. Throws StoreFailure that names the folder and the reason. */
    public static RocksVault open(Path folder) {
        return open(folder, folder);
    }

    /** The same with its diagnostics, files that come and go, in another folder. */
    public static RocksVault open(Path folder, Path temp) {
        try {
            Files.createDirectories(folder);
            return new RocksVault(folder, temp);
        } catch (RocksDBException | IOException refused) {
            throw new StoreFailure("the message store in " + folder + " cannot be opened: " + reason(refused), refused);
        }
    }

    /** Whether a folder holds a vault. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve("CURRENT"));
    }

    /** How many mailboxes a vault has that may be open elsewhere. Throws StoreFailure when it cannot be read. */
    public static long mailboxesIn(Path folder) {
        RocksDB.loadLibrary();
        var handles = new ArrayList<ColumnFamilyHandle>();
        var families = List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY), new ColumnFamilyDescriptor(BODIES_FAMILY));
        try (var options = new DBOptions();
                var db = RocksDB.openReadOnly(options, folder.toString(), families, handles);
                RocksIterator at = db.newIterator(handles.getFirst())) {
            return mailboxes(at);
        } catch (RocksDBException refused) {
            throw new StoreFailure("the message store in " + folder + " cannot be read: " + reason(refused), refused);
        } finally {
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    // Two seeks for each account, however much mail it has.
    private static long mailboxes(RocksIterator at) throws RocksDBException {
        long found = 0;
        at.seekToFirst();
        while (at.isValid()) {
            byte[] key = at.key();
            at.seek(Keys.foldersOf(key));
            if (at.isValid() && Arrays.equals(Keys.after(at.key()), Keys.after(key)) && isFolder(at.key())) {
                found++;
            }
            at.seek(Keys.after(key));
        }
        at.status();
        return found;
    }

    private static boolean isFolder(byte[] key) {
        return Keys.owner(key).isPresent();
    }

    @Override
    public long mailboxes() {
        begin();
        try (RocksIterator at = db.newIterator(handle(Area.INDEX))) {
            return mailboxes(at);
        } catch (RocksDBException broken) {
            throw new StoreFailure("the store in " + folder + " cannot be read: " + broken.getMessage(), broken);
        } finally {
            use.readLock().unlock();
        }
    }

    private static String reason(Exception refused) {
        String words = String.valueOf(refused.getMessage());
        return words.contains("LOCK") || words.contains("lock ") ? "another process has it open" : words;
    }

    private <T extends RocksObject> T own(T object) {
        owned.add(object);
        return object;
    }

    private DBOptions options(LRUCache cache, Path temp) {
        // The write buffers are charged to the cache: one limit for both.
        return own(new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setWriteBufferManager(own(new WriteBufferManager(2 * WRITE_BUFFER, cache)))
                .setMaxBackgroundJobs(2)
                .setMaxTotalWalSize(64L << 20)
                .setBytesPerSync(1 << 20)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(3)
                .setDbLogDir(temp.toString())
                .setMaxOpenFiles(512)
                .setParanoidChecks(true));
    }

    private static ColumnFamilyDescriptor family(byte[] name, ColumnFamilyOptions options) {
        return new ColumnFamilyDescriptor(name, options);
    }

    private ColumnFamilyOptions index(LRUCache cache) {
        return own(new ColumnFamilyOptions()
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setFilterPolicy(own(new BloomFilter(10)))
                        .setFormatVersion(5))
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setWriteBufferSize(WRITE_BUFFER));
    }

    private ColumnFamilyOptions bodies(LRUCache cache) {
        return index(cache)
                .setEnableBlobFiles(true)
                .setMinBlobSize(BLOB_FROM)
                .setBlobFileSize(64L << 20)
                .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
                .setEnableBlobGarbageCollection(true)
                .setBlobGarbageCollectionAgeCutoff(0.5);
    }

    private ColumnFamilyHandle handle(Area area) {
        ColumnFamilyHandle handle = areas.get(area);
        if (handle == null) {
            throw new IllegalArgumentException("no area " + area);
        }
        return handle;
    }

    @Override
    public byte @Nullable [] get(Area area, byte[] key) {
        begin();
        try {
            return db.get(handle(area), key);
        } catch (RocksDBException broken) {
            throw new StoreFailure("the store in " + folder + " cannot be read: " + broken.getMessage(), broken);
        } finally {
            use.readLock().unlock();
        }
    }

    // What RocksDB has closed must not be touched: it takes the whole process down.
    private void begin() {
        use.readLock().lock();
        if (closed) {
            use.readLock().unlock();
            throw new StoreFailure("the store in " + folder + " is closed", new IllegalStateException("closed"));
        }
    }

    @Override
    public List<Pair> range(Area area, byte[] prefix) {
        var found = new ArrayList<Pair>();
        begin();
        try (Slice end = new Slice(behind(prefix));
                ReadOptions until = new ReadOptions().setIterateUpperBound(end);
                RocksIterator at = db.newIterator(handle(area), until)) {
            for (at.seek(prefix); at.isValid() && begins(at.key(), prefix); at.next()) {
                found.add(new Pair(at.key(), at.value()));
            }
            at.status();
        } catch (RocksDBException broken) {
            throw new StoreFailure("the store in " + folder + " cannot be read: " + broken.getMessage(), broken);
        } finally {
            use.readLock().unlock();
        }
        return found;
    }

    @Override
    public List<byte[]> keys(Area area, byte[] prefix) {
        var found = new ArrayList<byte[]>();
        begin();
        try (Slice end = new Slice(behind(prefix));
                ReadOptions until = new ReadOptions().setIterateUpperBound(end);
                RocksIterator at = db.newIterator(handle(area), until)) {
            for (at.seek(prefix); at.isValid() && begins(at.key(), prefix); at.next()) {
                found.add(at.key());
            }
            at.status();
        } catch (RocksDBException broken) {
            throw new StoreFailure("the store in " + folder + " cannot be read: " + broken.getMessage(), broken);
        } finally {
            use.readLock().unlock();
        }
        return found;
    }

    @Override
    public List<String> accounts() {
        var found = new ArrayList<String>();
        begin();
        try (RocksIterator at = db.newIterator(handle(Area.INDEX))) {
            at.seekToFirst();
            while (at.isValid()) {
                byte[] key = at.key();
                at.seek(Keys.foldersOf(key));
                if (at.isValid() && Arrays.equals(Keys.after(at.key()), Keys.after(key))) {
                    Keys.owner(at.key()).ifPresent(found::add);
                }
                at.seek(Keys.after(key));
            }
            at.status();
        } catch (RocksDBException broken) {
            throw new StoreFailure("the store in " + folder + " cannot be read: " + broken.getMessage(), broken);
        } finally {
            use.readLock().unlock();
        }
        return found;
    }

    // Where the keys of a prefix end. Without it, a search for keys that are gone runs over all that were removed
    // behind.
    private static byte[] behind(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            throw new IllegalArgumentException("no key is behind this prefix");
        }
        byte[] end = Arrays.copyOf(prefix, last + 1);
        end[last]++;
        return end;
    }

    private static boolean begins(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public void commit(List<Write> batch) {
        if (!batch.isEmpty()) {
            committer.commit(batch);
        }
    }

    private void write(List<List<Write>> batches) {
        try (WriteBatch whole = new WriteBatch();
                WriteOptions synced = new WriteOptions().setSync(true)) {
            for (List<Write> batch : batches) {
                for (Write write : batch) {
                    add(whole, write);
                }
            }
            db.write(synced, whole);
        } catch (RocksDBException refused) {
            throw new StoreFailure("the store in " + folder + " cannot be written: " + refused.getMessage(), refused);
        }
    }

    private void add(WriteBatch whole, Write write) throws RocksDBException {
        byte[] value = write.value();
        if (value == null) {
            whole.delete(handle(write.area()), write.key());
        } else {
            whole.put(handle(write.area()), write.key(), value);
        }
    }

    @Override
    public Path temp() {
        return temp;
    }

    /** How many octets are free on the volume. */
    public long free() {
        // One system call; a FileStore reads the table of all mounts each time. 0 may also mean that it is not known.
        long free = folder.toFile().getUsableSpace();
        return free > 0 ? free : slowlyFree();
    }

    private long slowlyFree() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException unknown) {
            throw new StoreFailure("the volume of " + folder + " does not report its free space", unknown);
        }
    }

    @Override
    public void close() {
        committer.close();
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                areas.values().forEach(ColumnFamilyHandle::close);
                db.close();
                owned.reversed().forEach(RocksObject::close);
            }
        } finally {
            use.writeLock().unlock();
        }
    }

    @Override
    public String toString() {
        return "vault in " + folder + " of " + Arrays.toString(Area.values());
    }
}
