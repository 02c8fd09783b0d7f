package org.posthouse.mailcore.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.posthouse.mailcore.store.StoreCheck.Finding;
import org.posthouse.mailcore.store.Vault.Area;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * Writes a store anew whose index is damaged: everything that can be read, and what is missing of the index from the messages
 * themselves. A message whose entry is lost keeps its folder and UID where its key or another entry tells them, and has no
 * flags. Mail of the queue whose recipients are lost becomes a file. Used by one thread, once.
 */
final class IndexRebuild {

    // What a new mailbox has, in the order of the numbers.
    private static final List<String> FIRST_FOLDERS =
            Stream.concat(Stream.of(Folder.INBOX), Folder.SPECIAL.stream()).toList();
    private static final int INBOX_ID = 1;
    private static final int NUMBER = 8;
    private static final int PIECE = 4;
    private static final int PROGRESS_EACH = 1_000;

    /** What the index says of the folders of one account. */
    private static final class Account {
        private final Map<Integer, Folder> folders = new HashMap<>();
        private final Map<Integer, Long> lastUids = new HashMap<>();
        private final Map<Integer, Integer> restored = new HashMap<>();
        private long lastModSeq = 1;
    }

    /** A key taken apart. */
    private record Parts(String account, char kind, ByteBuffer rest) {

        static Parts of(byte[] key) {
            int end = 0;
            while (end < key.length && key[end] != 0) {
                end++;
            }
            return end + 1 >= key.length
                    ? new Parts("", ' ', ByteBuffer.allocate(0))
                    : new Parts(
                            new String(key, 0, end, StandardCharsets.UTF_8),
                            (char) key[end + 1],
                            ByteBuffer.wrap(key, end + 2, key.length - end - 2).slice());
        }

        boolean isOfMailbox(char wanted, int octets) {
            return !account.isEmpty() && kind == wanted && rest.remaining() == octets;
        }

        /** Whether it is of the octets of a message, or of the first piece of them. */
        boolean isFirst(char wanted) {
            return kind == wanted
                    && (rest.remaining() == NUMBER || (rest.remaining() == NUMBER + PIECE && rest.getInt(NUMBER) == 0));
        }
    }

    private final Path lost;
    private final Database target;
    private final WriteOptions unlogged;
    private final LongConsumer progress;
    private final Clock clock;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, List<Keys.Position>> missing = new HashMap<>();
    private final Set<Long> queued = new HashSet<>();
    private long read;

    private IndexRebuild(Path lost, Database target, WriteOptions unlogged, LongConsumer progress, Clock clock) {
        this.lost = lost;
        this.target = target;
        this.unlogged = unlogged;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Writes a store anew into another folder, which is made; both are on the disk when this returns.
     *
     * @param progress is told from time to time how many messages were read
     * @return what could not be read, for people
     */
    static List<Finding> write(Path folder, Path to, LongConsumer progress, Clock clock)
            throws RocksDBException, IOException {
        Files.createDirectories(to);
        try (Database source = Database.openForSalvage(folder);
                Database target = Database.open(to, to);
                WriteOptions unlogged = new WriteOptions().setDisableWAL(true)) {
            Path lost = folder.resolveSibling(folder.getFileName() + ".lost-queue");
            var rebuild = new IndexRebuild(lost, target, unlogged, progress, clock);
            rebuild.copy(source);
            rebuild.complete();
            rebuild.flush();
            return rebuild.findings;
        }
    }

    private void copy(Database source) throws RocksDBException {
        var index = new ReadableKeys(source, Area.INDEX);
        index.forEach(this::entry);
        new ReadableKeys(source, Area.BODIES).forEach((key, value) -> {
            put(Area.BODIES, key, value);
            if (++read % PROGRESS_EACH == 0) {
                progress.accept(read);
            }
        });
        findings.add(new Finding(
                "The index of the store",
                index.gaps() > 0 ? index.gaps() + " parts of it cannot be read; it was rebuilt" : "it was rebuilt"));
    }

    private void complete() throws RocksDBException {
        references();
        bodies();
        for (Map.Entry<String, Account> each : accounts.entrySet()) {
            folders(each.getKey(), each.getValue());
        }
    }

    private void flush() throws RocksDBException {
        try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
            target.db().flush(waiting, List.of(target.handle(Area.INDEX), target.handle(Area.BODIES)));
        }
    }

    private void put(Area area, byte[] key, byte[] value) throws RocksDBException {
        target.db().put(target.handle(area), unlogged, key, value);
    }

    private boolean has(byte[] key) throws RocksDBException {
        return target.db().get(target.handle(Area.INDEX), key) != null;
    }

    private Account account(String name) {
        return accounts.computeIfAbsent(name, none -> new Account());
    }

    // Each entry is copied; those of messages say again where the octets of each are used.
    private void entry(byte[] key, byte[] value) throws RocksDBException {
        put(Area.INDEX, key, value);
        Parts parts = Parts.of(key);
        if (parts.account().isEmpty() && parts.kind() == 'Q' && parts.rest().remaining() == NUMBER) {
            queued.add(parts.rest().getLong());
        } else if (parts.isOfMailbox('F', 4)) {
            account(parts.account()).folders.put(parts.rest().getInt(), Forms.folder(value));
        } else if (parts.isOfMailbox('M', NUMBER)) {
            int id = parts.rest().getInt();
            Message message = Forms.message(value);
            note(parts.account(), id, message);
            put(Area.INDEX, reference(parts.account(), message.body(), id, message.uid()), new byte[0]);
        }
    }

    private static byte[] reference(String account, long body, int id, long uid) {
        return new Keys(account).reference(body, id, uid);
    }

    private void note(String name, int id, Message message) {
        Account account = account(name);
        account.lastUids.merge(id, message.uid(), Math::max);
        account.lastModSeq = Math.max(account.lastModSeq, message.modSeq());
    }

    // Messages whose entry is lost and of which another entry still tells.
    private void references() throws RocksDBException {
        try (RocksIterator at = target.db().newIterator(target.handle(Area.INDEX))) {
            for (at.seekToFirst(); at.isValid(); at.next()) {
                Parts parts = Parts.of(at.key());
                if (parts.isOfMailbox('R', 2 * NUMBER)) {
                    long body = parts.rest().getLong();
                    Keys.Position place = Keys.position(at.key());
                    if (!has(new Keys(parts.account()).message(place.folder(), place.uid()))) {
                        missing.computeIfAbsent(parts.account() + "\0" + body, none -> new ArrayList<>())
                                .add(place);
                        account(parts.account()).lastUids.merge(place.folder(), place.uid(), Math::max);
                    }
                }
            }
            at.status();
        }
    }

    private void bodies() throws RocksDBException {
        try (RocksIterator at = target.db().newIterator(target.handle(Area.BODIES))) {
            for (at.seekToFirst(); at.isValid(); at.next()) {
                Parts parts = Parts.of(at.key());
                if (parts.account().isEmpty() && parts.isFirst('O')) {
                    queue(parts.rest().getLong(0), at.key());
                } else if (!parts.account().isEmpty() && parts.isFirst('B')) {
                    message(parts.account(), parts.rest().getLong(0), at.key());
                }
            }
            at.status();
        }
    }

    private void queue(long id, byte[] key) throws RocksDBException {
        if (queued.contains(id) || has(new Keys("").unfinished(id))) {
            return;
        }
        Path file = lost.resolve(Long.toHexString(id) + ".eml");
        try {
            Files.createDirectories(lost);
            Files.write(file, octets(key));
        } catch (IOException refused) {
            throw new StoreFailure(file + " cannot be written: " + refused.getMessage(), refused);
        }
        findings.add(new Finding(
                "Entry " + Long.toHexString(id) + " of the queue",
                "its recipients are lost; the message is in " + file));
    }

    // From the key of the octets of a message, or of their first piece.
    private byte[] octets(byte[] key) throws RocksDBException {
        boolean whole = Parts.of(key).rest().remaining() == NUMBER;
        byte[] own = whole ? key : Arrays.copyOf(key, key.length - PIECE);
        var octets = new ByteArrayOutputStream();
        byte[] piece = target.db().get(target.handle(Area.BODIES), key);
        for (int number = 1; piece != null; number++) {
            octets.writeBytes(piece);
            piece = whole ? null : target.db().get(target.handle(Area.BODIES), BodyPieces.piece(own, number));
        }
        return octets.toByteArray();
    }

    private void message(String name, long body, byte[] key) throws RocksDBException {
        var keys = new Keys(name);
        List<Keys.Position> places = missing.getOrDefault(name + "\0" + body, List.of());
        boolean known = isReferred(keys.references(body));
        boolean hasSummary = has(keys.summary(body));
        // What a crash cut off was never acknowledged; it is removed when the mailbox is opened.
        if ((known && places.isEmpty() && hasSummary) || has(keys.unfinished(body))) {
            return;
        }
        byte[] octets = octets(key);
        if (!hasSummary) {
            put(Area.INDEX, keys.summary(body), Forms.of(Summary.of(octets)));
        }
        for (Keys.Position place : known ? places : List.of(place(name, body))) {
            restore(name, place, new Message(0, Set.of(), clock.instant(), octets.length, 0, body));
        }
    }

    // A small message that was never copied or moved is where its number says.
    private Keys.Position place(String name, long body) throws RocksDBException {
        int id = (int) (body >>> 32);
        long uid = body & 0xffff_ffffL;
        if (body > 0 && !has(new Keys(name).message(id, uid))) {
            return new Keys.Position(id, uid);
        }
        long last = account(name).lastUids.getOrDefault(INBOX_ID, 0L);
        Folder inbox = account(name).folders.get(INBOX_ID);
        return new Keys.Position(INBOX_ID, Math.max(last + 1, inbox == null ? 1 : inbox.uidNext()));
    }

    private boolean isReferred(byte[] prefix) {
        try (RocksIterator at = target.db().newIterator(target.handle(Area.INDEX))) {
            at.seek(prefix);
            return at.isValid() && Arrays.equals(at.key(), 0, prefix.length, prefix, 0, prefix.length);
        }
    }

    private void restore(String name, Keys.Position place, Message unplaced) throws RocksDBException {
        Account account = account(name);
        Message message = unplaced.as(place.uid(), account.lastModSeq);
        note(name, place.folder(), message);
        account.restored.merge(place.folder(), 1, Integer::sum);
        put(Area.INDEX, new Keys(name).message(place.folder(), place.uid()), Forms.of(message));
        put(Area.INDEX, reference(name, message.body(), place.folder(), place.uid()), new byte[0]);
    }

    // A folder whose record is lost gets a new UIDVALIDITY (RFC 9051 2.3.1.1): programs read it anew.
    private void folders(String name, Account account) throws RocksDBException {
        account.lastUids.putIfAbsent(INBOX_ID, 0L);
        long validity = Math.max(
                clock.instant().getEpochSecond(),
                1
                        + account.folders.values().stream()
                                .mapToLong(Folder::uidValidity)
                                .max()
                                .orElse(0));
        for (Map.Entry<Integer, Long> last : account.lastUids.entrySet()) {
            int id = last.getKey();
            long next = last.getValue() + 1;
            Folder recorded = account.folders.get(id);
            boolean lostRecord = recorded == null || recorded.name().isEmpty();
            Folder known = recorded == null || lostRecord
                    ? new Folder(id, named(id, account), validity++, next, account.lastModSeq, next, use(id), true)
                    : recorded;
            if (lostRecord || known.uidNext() < next) {
                Folder grown = known.grown((int) Math.max(0, next - known.uidNext()), account.lastModSeq);
                put(Area.INDEX, new Keys(name).folder(id), Forms.of(grown));
                account.folders.put(id, grown);
            }
            int restored = account.restored.getOrDefault(id, 0);
            if (lostRecord || restored > 0) {
                findings.add(new Finding(
                        "Mailbox " + name + ", folder " + known.name(),
                        (lostRecord ? "its entry is lost and was made anew; " : "") + restored
                                + (restored == 1 ? " message" : " messages")
                                + " found without an entry, and put back without flags"));
            }
        }
    }

    private static String named(int id, Account account) {
        String wanted = id <= FIRST_FOLDERS.size() ? FIRST_FOLDERS.get(id - 1) : "Recovered " + id;
        String free = wanted;
        for (int number = 2; isTaken(free, account); number++) {
            free = wanted + " " + number;
        }
        return free;
    }

    private static boolean isTaken(String name, Account account) {
        return account.folders.values().stream()
                .anyMatch(folder -> folder.name().equals(name));
    }

    // RFC 6154: what mail programs look for is marked.
    private static String use(int id) {
        return id > INBOX_ID && id <= FIRST_FOLDERS.size() ? "\\" + FIRST_FOLDERS.get(id - 1) : "";
    }
}
