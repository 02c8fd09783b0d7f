package org.posthouse.mailcore.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vault on disk: one RocksDB of an NMAP Agent, opened by one process at a time.
 *
 * <p><b>Durable.</b> A commit returns after its log record was synced. All commits that sessions hand over while the
 * disk is busy are gathered by one {@link Committer} and synced together, so that twenty sessions cost one flush.
 *
 * <p><b>Large values.</b> Bodies lie in blob files beside the index, so that compaction moves keys and not mail.
 *
 * <p><b>Memory.</b> Write buffers and block cache share 48 MB, however many mailboxes there are.
 *
 * <p><b>Faults.</b> After a write that the disk failed, nothing is written until the store was reopened and tried, which
 * happens by itself with growing pauses; what is on disk can be read meanwhile. {@link #fault} says so.
 */
public final class RocksVault implements Vault {

    private static final Logger LOG = LoggerFactory.getLogger(RocksVault.class);

    /** Writes a batch; a test has it fail. */
    interface Disk {
        void write(RocksDB db, WriteOptions options, WriteBatch batch) throws RocksDBException;
    }

    // Under the account of no name, which no user has; written and deleted in one batch.
    private static final byte[] PROBE = {0, 'P'};
    /** What is said of a store that another process has open. */
    static final String IN_USE = "another process has it open";

    private static final String REPAIR = ". Stop the engine, and run ./posthouse store repair";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration MANIFEST_EACH = Duration.ofMinutes(1);
    private static final long SPARE = 4L << 20;
    private static final int ROOM_OF_KEY = 16;

    private final Path folder;
    private final Path temp;
    private final Disk disk;
    private final Duration firstPause;
    private final Clock clock = Clock.systemUTC();
    private final Committer committer;
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ManifestCopy manifest;
    private Instant manifestCopied = Instant.EPOCH;
    private @Nullable Database database;
    private volatile Optional<Fault> fault = Optional.empty();
    private volatile Optional<Fault> unrepaired = Optional.empty();
    private boolean closed;

    private RocksVault(Path folder, Path temp, Disk disk, Duration firstPause) throws RocksDBException {
        this.folder = folder;
        this.temp = temp;
        this.disk = disk;
        this.firstPause = firstPause;
        this.database = Database.open(folder, temp);
        this.manifest = new ManifestCopy(folder);
        copyManifest(Duration.ZERO);
        this.committer = new Committer("vault " + folder.getFileName(), this::write);
    }

    /** Opens, or begins, the vault in a folder. Throws StoreFailure that names the folder and the reason. */
    public static RocksVault open(Path folder) {
        return open(folder, folder);
    }

    /** The same with its diagnostics, files that come and go, in another folder. */
    public static RocksVault open(Path folder, Path temp) {
        return open(folder, temp, RocksDB::write, SHORTEST);
    }

    /** The same with what writes to the disk, and how long it rests before the store is first reopened. */
    static RocksVault open(Path folder, Path temp, Disk disk, Duration firstPause) {
        try {
            Files.createDirectories(folder);
            return new RocksVault(folder, temp, disk, firstPause);
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
        RocksLibrary.load();
        var handles = new ArrayList<ColumnFamilyHandle>();
        var families = List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
                new ColumnFamilyDescriptor(Database.BODIES_FAMILY));
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
        Database open = begin();
        try (RocksIterator at = open.db().newIterator(open.handle(Area.INDEX))) {
            return mailboxes(at);
        } catch (RocksDBException broken) {
            throw unreadable(broken);
        } finally {
            use.readLock().unlock();
        }
    }

    // What is said where an engine cannot open its store; the home page shows it.
    private static String advice(String words) {
        return words.matches("(?s).*(Corruption|corrupted|MANIFEST).*")
                        || words.contains("No such file")
                        || words.contains("does not exist")
                ? REPAIR
                : "";
    }

    private static String reason(Exception refused) {
        String words = String.valueOf(refused.getMessage());
        return words.contains("/LOCK: ") ? IN_USE : words + advice(words);
    }

    @Override
    public byte @Nullable [] get(Area area, byte[] key) {
        Database open = begin();
        try {
            return open.db().get(open.handle(area), key);
        } catch (RocksDBException broken) {
            if (area == Area.BODIES && isDamage(broken)) {
                throw new Damage("a message in " + folder + " is damaged: " + broken.getMessage(), broken);
            }
            throw unreadable(broken);
        } finally {
            use.readLock().unlock();
        }
    }

    // Messages can be replaced one by one; without its index, a mailbox cannot be shown.
    private StoreFailure unreadable(RocksDBException broken) {
        boolean damage = isDamage(broken);
        String why = "the store in " + folder + " cannot be read: " + broken.getMessage() + (damage ? REPAIR : "");
        if (damage && unrepaired.isEmpty()) {
            unrepaired = Optional.of(new Fault(why, clock.instant(), false));
        }
        return new StoreFailure(why, broken);
    }

    // A file that is missing is damage as well; what the disk may give when asked again is not.
    private static boolean isDamage(RocksDBException broken) {
        Status status = broken.getStatus();
        return status != null
                && (status.getCode() == Status.Code.Corruption
                        || String.valueOf(broken.getMessage()).contains("No such file"));
    }

    // What RocksDB has closed must not be touched: it takes the whole process down.
    @SuppressWarnings("LockNotBeforeTry") // the caller releases it
    private Database begin() {
        use.readLock().lock();
        Database open = database;
        if (!closed && open != null) {
            return open;
        }
        use.readLock().unlock();
        String why = closed
                ? "is closed"
                : "is being reopened: " + fault.map(Fault::reason).orElse("");
        throw new StoreFailure("the store in " + folder + " " + why, new IllegalStateException(why));
    }

    @Override
    public List<Pair> range(Area area, byte[] prefix) {
        var found = new ArrayList<Pair>();
        Database open = begin();
        try (Slice end = new Slice(behind(prefix));
                ReadOptions until = new ReadOptions().setIterateUpperBound(end);
                RocksIterator at = open.db().newIterator(open.handle(area), until)) {
            for (at.seek(prefix); at.isValid() && begins(at.key(), prefix); at.next()) {
                found.add(new Pair(at.key(), at.value()));
            }
            at.status();
        } catch (RocksDBException broken) {
            throw unreadable(broken);
        } finally {
            use.readLock().unlock();
        }
        return found;
    }

    @Override
    public List<byte[]> keys(Area area, byte[] prefix) {
        var found = new ArrayList<byte[]>();
        Database open = begin();
        try (Slice end = new Slice(behind(prefix));
                ReadOptions until = new ReadOptions().setIterateUpperBound(end);
                RocksIterator at = open.db().newIterator(open.handle(area), until)) {
            for (at.seek(prefix); at.isValid() && begins(at.key(), prefix); at.next()) {
                found.add(at.key());
            }
            at.status();
        } catch (RocksDBException broken) {
            throw unreadable(broken);
        } finally {
            use.readLock().unlock();
        }
        return found;
    }

    @Override
    public List<String> accounts() {
        var found = new ArrayList<String>();
        Database open = begin();
        try (RocksIterator at = open.db().newIterator(open.handle(Area.INDEX))) {
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
            throw unreadable(broken);
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
        Optional<Fault> known = fault;
        if (known.isPresent()) {
            throw new StoreFailure(known.get().reason(), new IllegalStateException("not reopened yet"));
        }
        Database open = begin();
        // Room for all at once: a batch that grows is copied again and again.
        try (WriteBatch whole = new WriteBatch(room(batches));
                WriteOptions synced = new WriteOptions().setSync(true)) {
            for (List<Write> batch : batches) {
                for (Write write : batch) {
                    add(open, whole, write);
                }
            }
            disk.write(open.db(), synced, whole);
            copyManifest(MANIFEST_EACH);
        } catch (RocksDBException refused) {
            String why = "the store in " + folder + " cannot be written: " + refused.getMessage();
            failed(why);
            throw new StoreFailure(why, refused);
        } finally {
            use.readLock().unlock();
        }
    }

    private static int room(List<List<Write>> batches) {
        long octets = 0;
        for (List<Write> batch : batches) {
            for (Write write : batch) {
                byte[] value = write.value();
                octets += ROOM_OF_KEY + write.key().length + (value == null ? 0 : value.length);
            }
        }
        return Math.toIntExact(Math.min(octets, Integer.MAX_VALUE));
    }

    // On the committer's thread, and when it has ended.
    private void copyManifest(Duration atMost) {
        Instant now = clock.instant();
        if (now.isBefore(manifestCopied.plus(atMost))) {
            return;
        }
        manifestCopied = now;
        try {
            manifest.keep();
        } catch (IOException failed) {
            LOG.warn("The list of files of {} could not be copied: {}", folder, failed.getMessage());
        }
    }

    private static void add(Database open, WriteBatch whole, Write write) throws RocksDBException {
        byte[] value = write.value();
        if (value == null) {
            whole.delete(open.handle(write.area()), write.key());
        } else {
            whole.put(open.handle(write.area()), write.key(), value);
        }
    }

    @Override
    public Optional<Fault> fault() {
        return fault.or(() -> unrepaired);
    }

    // Only the committer's thread comes here, and none writes until the fault is over: one at a time.
    private void failed(String why) {
        fault = Optional.of(new Fault(why, clock.instant(), true));
        Thread.ofPlatform().daemon().name("reopening " + folder.getFileName()).start(this::recover);
    }

    private void recover() {
        Duration pause = firstPause;
        try {
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                if (reopened()) {
                    StoreFaults.over("the store in " + folder + " ");
                    fault = Optional.empty();
                    LOG.info("The store in {} works again", folder);
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    // What failed to reach the disk may be lost from memory too, so everything is read anew from the disk; RocksDB
    // checks its files when it opens. On a full disk it stays open, so that mail can be read.
    private boolean reopened() {
        use.writeLock().lock();
        try {
            if (closed || free() < roomToReopen()) {
                return false;
            }
            Database left = database;
            database = null;
            if (left != null) {
                left.close();
            }
            Database fresh = Database.open(folder, temp);
            database = fresh;
            probe(fresh);
            return true;
        } catch (RocksDBException | StoreFailure still) {
            String why = "the store in " + folder + " cannot be written: " + still.getMessage();
            fault = Optional.of(new Fault(why, fault.map(Fault::since).orElseGet(clock::instant), true));
            StoreFaults.note("It stays closed for writing", new StoreFailure(why, still));
            return false;
        } finally {
            use.writeLock().unlock();
        }
    }

    // RocksDB turns its logs into tables when it opens; on a full disk it could not be opened again.
    private long roomToReopen() {
        long room = SPARE;
        try (var logs = Files.newDirectoryStream(folder, "*.log")) {
            for (Path log : logs) {
                room += Files.size(log);
            }
        } catch (IOException unreadable) {
            throw new StoreFailure(folder + " cannot be listed: " + unreadable.getMessage(), unreadable);
        }
        return room;
    }

    private void probe(Database fresh) throws RocksDBException {
        try (WriteBatch whole = new WriteBatch();
                WriteOptions synced = new WriteOptions().setSync(true)) {
            whole.put(fresh.handle(Area.INDEX), PROBE, PROBE);
            whole.delete(fresh.handle(Area.INDEX), PROBE);
            disk.write(fresh.db(), synced, whole);
        }
    }

    @Override
    public Path temp() {
        return temp;
    }

    @Override
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
        closing.countDown();
        committer.close();
        copyManifest(Duration.ZERO);
        use.writeLock().lock();
        try {
            Database left = database;
            database = null;
            closed = true;
            if (left != null) {
                left.close();
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
