package org.posthouse.mailcore.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.store.Vault.Area;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.file.FileProblem;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;

/**
 * Reads every message of a store and its queue, and repairs what cannot be read. A check works beside an engine that has the
 * store open; a repair needs the store for itself.
 */
public final class StoreCheck {

    private static final String LOST = "its octets are missing";
    private static final int QUEUED = 512;

    /**
     * Something that cannot be read.
     *
     * @param where what it is, for people: mailbox, folder, UID, and subject, or the entry of the queue
     * @param reason why it cannot be read
     */
    public record Finding(String where, String reason) {}

    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    private record Broken(Finding finding, byte[] key, byte[] standIn) {}

    private final Path folder;
    private final LongConsumer progress;
    private final List<Broken> broken = new ArrayList<>();
    private final Map<Integer, String> folders = new HashMap<>();
    private String account = "";
    private long read;
    private @Nullable Path aside;

    /**
     * Of the store in a folder.
     *
     * @param progress is told from time to time how many messages were read
     */
    public StoreCheck(Path folder, LongConsumer progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** How many messages were read. */
    public long read() {
        return read;
    }

    /**
     * What cannot be read; a damaged index is one finding, and messages are not looked at then. Throws StoreFailure when the
     * store cannot be opened.
     */
    public List<Finding> check() {
        List<Broken> first;
        try {
            first = pass();
        } catch (StoreFailure index) {
            if (index.getCause() instanceof RocksDBException damaged && isOpenable(damaged)) {
                return List.of(new Finding("The index of the store", String.valueOf(damaged.getMessage())));
            }
            throw index;
        }
        if (first.isEmpty()) {
            return List.of();
        }
        // An engine that runs may have tidied up files while they were read: what is damaged still is.
        var keys = first.stream().map(each -> ByteBuffer.wrap(each.key())).toList();
        return pass().stream()
                .filter(each -> keys.contains(ByteBuffer.wrap(each.key())))
                .map(Broken::finding)
                .toList();
    }

    // Whether its list of files is whole, so that the fault is in the index.
    private boolean isOpenable(RocksDBException damaged) {
        try {
            Database.openForSalvage(folder).close();
            return damaged.getStatus() != null && damaged.getStatus().getCode() == Status.Code.Corruption;
        } catch (RocksDBException list) {
            return false;
        }
    }

    private List<Broken> pass() {
        try (Database open = Database.openReadOnly(folder)) {
            return all(open);
        } catch (RocksDBException refused) {
            throw new StoreFailure(
                    "the message store in " + folder + " cannot be read: " + refused.getMessage(), refused);
        }
    }

    private List<Broken> all(Database open) throws RocksDBException {
        broken.clear();
        read = 0;
        try (RocksIterator at = open.db().newIterator(open.handle(Area.INDEX))) {
            for (at.seekToFirst(); at.isValid(); at.next()) {
                look(open, at.key(), at.value());
            }
            at.status();
        }
        progress.accept(read);
        return List.copyOf(broken);
    }

    private void look(Database open, byte[] key, byte[] value) {
        int end = 0;
        while (end < key.length && key[end] != 0) {
            end++;
        }
        if (end + 1 >= key.length) {
            return;
        }
        String name = new String(key, 0, end, StandardCharsets.UTF_8);
        if (!name.equals(account)) {
            account = name;
            folders.clear();
        }
        switch (key[end + 1]) {
            case 'F' -> noteFolder(ByteBuffer.wrap(key, end + 2, 4).getInt(), value);
            case 'M' -> message(open, key, value);
            case 'Q' -> queued(open, key, end);
            default -> {}
        }
    }

    private void noteFolder(int id, byte[] value) {
        folders.put(id, Forms.folder(value).name());
    }

    private void message(Database open, byte[] key, byte[] value) {
        Keys.Position at = Keys.position(key);
        Message message = Forms.message(value);
        byte[] body = new Keys(account).body(message.body());
        String reason = reason(open, body, message.size());
        if (!reason.isEmpty()) {
            String subject = subject(open, message);
            var where = new DamagedMessages.Damaged(account, folders.getOrDefault(at.folder(), ""), at.uid(), subject);
            byte[] standIn = DamagedMessages.standIn(subject, message.size());
            broken.add(new Broken(new Finding(where.toString(), reason), body, standIn));
        }
    }

    private void queued(Database open, byte[] key, int end) {
        long id = ByteBuffer.wrap(key, end + 2, 8).getLong();
        byte[] octets = Arrays.copyOf(key, key.length);
        octets[end + 1] = 'O';
        String reason = reason(open, octets, -1);
        if (!reason.isEmpty()) {
            String where = "Entry " + Long.toHexString(id) + " of the queue";
            broken.add(new Broken(new Finding(where, reason), octets, DamagedMessages.standIn("", QUEUED)));
        }
    }

    private String reason(Database open, byte[] key, int size) {
        if (++read % 1_000 == 0) {
            progress.accept(read);
        }
        try {
            long octets = octets(open, key);
            if (octets == 0) {
                return LOST;
            }
            return size < 0 || octets == size ? "" : "it has " + octets + " octets instead of " + size;
        } catch (RocksDBException damaged) {
            return String.valueOf(damaged.getMessage());
        }
    }

    // Reads one piece after the other: a check needs no memory for a large message.
    private static long octets(Database open, byte[] key) throws RocksDBException {
        byte[] whole = open.db().get(open.handle(Area.BODIES), key);
        if (whole != null) {
            return whole.length;
        }
        long octets = 0;
        byte[] piece = open.db().get(open.handle(Area.BODIES), BodyPieces.piece(key, 0));
        for (int number = 1; piece != null; number++) {
            octets += piece.length;
            piece = open.db().get(open.handle(Area.BODIES), BodyPieces.piece(key, number));
        }
        return octets;
    }

    private String subject(Database open, Message message) {
        try {
            byte[] summary = open.db().get(open.handle(Area.INDEX), new Keys(account).summary(message.body()));
            return summary == null ? "" : DamagedMessages.subject(Forms.summary(summary));
        } catch (RocksDBException unreadable) {
            return "";
        }
    }

    /**
     * Puts a text that says so in the place of each message that cannot be read, and returns what was repaired. A store whose
     * index is damaged is written anew, with the index made from the messages. One that cannot be opened is first copied to
     * another folder, by links, and then opened at its last state that is whole. Throws StoreFailure when an engine has it
     * open, or when it cannot be repaired.
     */
    public List<Finding> repair() {
        var repaired = new ArrayList<Finding>();
        if (!isOpenable() && !isRebuilt(repaired)) {
            reopen();
        }
        List<Broken> found = readable(repaired);
        if (!found.isEmpty()) {
            try (RocksVault vault = RocksVault.open(folder)) {
                for (Broken each : found) {
                    vault.commit(List.of(new Vault.Write(Area.BODIES, each.key(), each.standIn())));
                }
            }
        }
        found.forEach(each -> repaired.add(each.finding()));
        return repaired;
    }

    private List<Broken> readable(List<Finding> repaired) {
        try {
            return pass();
        } catch (StoreFailure damaged) {
            if (!isRebuilt(repaired)) {
                throw new StoreFailure(
                        "the message store in " + folder + " cannot be repaired. Restore it from a backup", damaged);
            }
            return pass();
        }
    }

    // Returns whether it could be; false when not even the list of its files can be read.
    private boolean isRebuilt(List<Finding> repaired) {
        Path fresh = folder.resolveSibling(folder.getFileName() + ".rebuilt");
        checkSpace();
        try {
            deleteAll(fresh);
            List<Finding> found = IndexRebuild.write(folder, fresh, progress, Clock.systemUTC());
            Path copy = unused();
            Files.move(folder, copy);
            Files.move(fresh, folder);
            AtomicFile.syncFolder(Objects.requireNonNull(folder.toAbsolutePath().getParent()));
            aside = copy;
            repaired.addAll(found);
            return true;
        } catch (RocksDBException unreadable) {
            return false;
        } catch (IOException refused) {
            throw new StoreFailure(
                    "the message store in " + folder + " cannot be repaired: " + FileProblem.words(refused), refused);
        }
    }

    // The store is written a second time.
    private void checkSpace() {
        try (var files = Files.newDirectoryStream(folder)) {
            long needed = 0;
            for (Path file : files) {
                needed += Files.isRegularFile(file) ? Files.size(file) : 0;
            }
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < needed) {
                throw new StoreFailure(
                        "the message store in " + folder + " cannot be repaired: that requires " + (needed >> 20)
                                + " MB, and " + (free >> 20) + " MB are free",
                        new IllegalStateException("too little space"));
            }
        } catch (IOException unreadable) {
            throw new StoreFailure(folder + " cannot be listed: " + FileProblem.words(unreadable), unreadable);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (var files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    deleteAll(file);
                }
            }
        }
        Files.deleteIfExists(folder);
    }

    private boolean isOpenable() {
        try {
            RocksVault.open(folder).close();
            return true;
        } catch (StoreFailure refused) {
            if (String.valueOf(refused.getMessage()).contains(RocksVault.IN_USE)) {
                throw refused;
            }
            return false;
        }
    }

    /** Where the files of a store that could not be opened are, as they were before the repair; empty when it could. */
    public Optional<Path> aside() {
        return Optional.ofNullable(aside);
    }

    private void reopen() {
        try {
            link();
            if (!new ManifestCopy(folder).restore() || !isWhole()) {
                Database.openBestEffort(folder).close();
            }
        } catch (RocksDBException | IOException refused) {
            throw new StoreFailure(
                    "the message store in " + folder + " cannot be repaired: " + refused.getMessage()
                            + ". Restore it from a backup",
                    refused);
        }
    }

    private boolean isWhole() {
        try {
            Database.open(folder, folder).close();
            return true;
        } catch (RocksDBException older) {
            return false;
        }
    }

    private Path unused() {
        Path copy = folder.resolveSibling(folder.getFileName() + ".before-repair");
        for (int number = 2; Files.exists(copy); number++) {
            copy = copy.resolveSibling(folder.getFileName() + ".before-repair-" + number);
        }
        return copy;
    }

    // RocksDB deletes files that it does not know of, and with a damaged list it knows of few.
    private void link() throws IOException {
        Path copy = unused();
        Files.createDirectories(copy);
        aside = copy;
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    // What is written on in place is copied; tables and blobs are never changed.
                    boolean fixed =
                            file.toString().endsWith(".sst") || file.toString().endsWith(".blob");
                    Path to = copy.resolve(file.getFileName());
                    if (fixed) {
                        Files.createLink(to, file);
                    } else {
                        Files.copy(file, to);
                    }
                }
            }
        }
    }
}
