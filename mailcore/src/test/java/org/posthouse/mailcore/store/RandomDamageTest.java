package org.posthouse.mailcore.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.store.Vault.Area;
import org.rocksdb.RocksDBException;

/**
 * Sixteen octets of a store are damaged at random places. Sessions get an answer, a check names the damage, and a repair
 * brings every message back whose octets can be read. {@code -Dposthouse.seeds=200} tries more places.
 */
class RandomDamageTest {

    private static final int SEEDS = Integer.getInteger("posthouse.seeds", 5);
    private static final int MESSAGES = 150;
    private static final List<String> ACCOUNTS = List.of("anna", "bob");

    @TempDir
    Path top;

    @Test
    void damageAnywhereIsNamedAndLosesNoHealthyMessage() throws IOException, RocksDBException {
        Path sound = top.resolve("sound");
        fill(sound);
        var damaged = new ArrayList<String>();
        for (int seed = 0; seed < SEEDS; seed++) {
            Path store = top.resolve("store-" + seed);
            copy(sound, store);
            String where = spoil(store, new Random(seed));
            Set<String> healthy = healthy(store);
            boolean answered = readAsSessionsDo(store);
            int found = new StoreCheck(store, read -> {}).check().size();
            assertTrue(answered || found > 0, where + ": not all could be read, and the check found nothing");
            List<StoreCheck.Finding> repaired = new StoreCheck(store, read -> {}).repair();
            assertTrue(found == 0 || !repaired.isEmpty(), where);
            assertEquals(List.of(), new StoreCheck(store, read -> {}).check(), where);
            Set<String> there = all(store);
            var lost = new TreeSet<>(healthy);
            lost.removeAll(there);
            assertEquals(Set.of(), lost, where + ": messages that could be read are gone after " + repaired);
            if (found > 0) {
                damaged.add(where);
            }
        }
        assertFalse(damaged.isEmpty(), "no place did any harm");
    }

    private static void fill(Path folder) {
        try (var vault = RocksVault.open(folder)) {
            var store = new Store(vault, Clock.systemUTC());
            for (String account : ACCOUNTS) {
                Mailbox mailbox = store.mailbox(account);
                int inbox = mailbox.folder(Folder.INBOX).orElseThrow().id();
                int work = mailbox.create("Work", "").id();
                for (int number = 0; number < MESSAGES; number++) {
                    // The shorter half is kept in tables, the longer in blob files.
                    byte[] octets = message(account, number, number % 2 == 0 ? 5 : 60);
                    mailbox.append(
                            inbox, octets, Set.of("\\Seen"), Clock.systemUTC().instant());
                }
                List<Long> uids = mailbox.messages(inbox).stream()
                        .map(Message::uid)
                        .filter(uid -> uid % 5 == 0)
                        .toList();
                mailbox.copy(inbox, uids, work, true);
            }
        }
        // Opened again, so that what was written is in tables and blob files and not in the log.
        RocksVault.open(folder).close();
    }

    private static byte[] message(String account, int number, int lines) {
        return ("Subject: " + account + " " + number + "\r\n\r\n"
                        + ("octets of " + account + " " + number * 7919 + "\r\n").repeat(lines))
                .getBytes(US_ASCII);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.newDirectoryStream(from, Files::isRegularFile)) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static String spoil(Path store, Random random) throws IOException {
        var files = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(store, "*.{sst,blob}")) {
            found.forEach(files::add);
        }
        files.sort(null);
        Path chosen = files.get(random.nextInt(files.size()));
        long at = random.nextLong(Files.size(chosen) - 16);
        try (var file = new RandomAccessFile(chosen.toFile(), "rw")) {
            byte[] octets = new byte[16];
            file.seek(at);
            file.readFully(octets);
            for (int i = 0; i < octets.length; i++) {
                octets[i] ^= (byte) 0xff;
            }
            file.seek(at);
            file.write(octets);
        }
        return chosen.getFileName() + " at " + at + " of " + Files.size(chosen);
    }

    // The subjects of the messages whose octets can be read.
    private static Set<String> healthy(Path store) throws RocksDBException {
        var subjects = new HashSet<String>();
        try (Database open = Database.openForSalvage(store)) {
            new ReadableKeys(open, Area.BODIES).forEach((key, value) -> subjects.add(subject(value)));
        }
        return subjects;
    }

    private static String subject(byte[] octets) {
        return new String(octets, US_ASCII).lines().findFirst().orElse("");
    }

    // Returns whether everything could be read as it was.
    private static boolean readAsSessionsDo(Path store) {
        try {
            return all(store).size() == ACCOUNTS.size() * MESSAGES;
        } catch (StoreFailure answered) {
            return false;
        }
    }

    private static Set<String> all(Path folder) {
        var subjects = new HashSet<String>();
        try (var vault = RocksVault.open(folder)) {
            var store = new Store(vault, Clock.systemUTC());
            for (String account : ACCOUNTS) {
                Mailbox mailbox = store.mailbox(account);
                for (Folder each : mailbox.folders()) {
                    for (Message message : mailbox.messages(each.id())) {
                        mailbox.summary(message);
                        mailbox.body(message).map(RandomDamageTest::subject).ifPresent(subjects::add);
                    }
                }
            }
        }
        return subjects;
    }
}
