package org.posthouse.mailcore.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** A store some of whose octets on the disk are not what was written. */
class DamageTest {

    @TempDir
    Path top;

    private Path folder;

    @BeforeEach
    void threeMessages() {
        folder = top.resolve("store");
        try (var vault = RocksVault.open(folder)) {
            Mailbox anna = new Store(vault, Clock.systemUTC()).mailbox("anna");
            int inbox = anna.folder("INBOX").orElseThrow().id();
            for (int number = 1; number <= 3; number++) {
                anna.append(inbox, message(number), Set.of(), Clock.systemUTC().instant());
            }
        }
        // Opened again, so that what was written is in tables and blob files and not in the log.
        RocksVault.open(folder).close();
    }

    private static byte[] message(int number) {
        return ("Subject: =?utf-8?q?gr=C3=BCn_" + number + "?=\r\n\r\n"
                        + ("octets of message " + number + "\r\n").repeat(200))
                .getBytes(US_ASCII);
    }

    private Path blobs() throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.blob")) {
            return files.iterator().next();
        }
    }

    private void spoil(long offset) throws IOException {
        try (var file = new RandomAccessFile(blobs().toFile(), "rw")) {
            for (int i = 0; i < 16; i++) {
                file.seek(offset + i);
                int octet = file.read();
                file.seek(offset + i);
                file.write(octet ^ 0xff);
            }
        }
    }

    private List<DamagedMessages.Damaged> readAll() {
        try (var vault = RocksVault.open(folder)) {
            var store = new Store(vault, Clock.systemUTC());
            Mailbox anna = store.mailbox("anna");
            int inbox = anna.folder("INBOX").orElseThrow().id();
            for (Message message : anna.messages(inbox)) {
                byte[] octets = anna.body(message).orElseThrow();
                assertEquals(message.size(), octets.length, "the size that was told");
                boolean standsIn = new String(octets, US_ASCII).contains("The server cannot read this message");
                if (!standsIn) {
                    assertArrayEquals(message((int) message.uid()), octets);
                }
            }
            return store.damaged().all();
        }
    }

    @Test
    void oneDamagedMessageDoesNotHideTheOthers() throws IOException {
        spoil(Files.size(blobs()) / 2);
        List<DamagedMessages.Damaged> damaged = readAll();
        assertEquals(List.of(new DamagedMessages.Damaged("anna", "INBOX", 2, "gr\u00fcn 2")), damaged);
    }

    @Test
    void aFileThatIsMissingDamagesItsMessagesAlone() throws IOException {
        Files.delete(blobs());
        assertEquals(3, readAll().size());
    }

    @Test
    void aStoreThatIsWellHasNoDamage() {
        assertTrue(readAll().isEmpty());
    }

    @Test
    void aCheckListsWhatIsDamagedAndARepairReplacesIt() throws IOException {
        spoil(Files.size(blobs()) / 2);
        List<StoreCheck.Finding> found = new StoreCheck(folder, read -> {}).check();
        assertEquals(
                List.of("Mailbox anna, folder INBOX, UID 2, subject \"gr\u00fcn 2\""),
                found.stream().map(StoreCheck.Finding::where).toList());
        assertEquals(found.size(), new StoreCheck(folder, read -> {}).repair().size());
        assertEquals(List.of(), new StoreCheck(folder, read -> {}).check());
        assertTrue(readAll().isEmpty(), "the stand-in is the message now");
    }

    @Test
    @SuppressWarnings("try") // an engine that only has to be there
    void aCheckWorksBesideAnEngineAndARepairDoesNot() {
        try (var vault = RocksVault.open(folder)) {
            var check = new StoreCheck(folder, read -> {});
            assertEquals(List.of(), check.check());
            assertEquals(3, check.read());
            var refused = assertThrows(StoreFailure.class, () -> new StoreCheck(folder, read -> {}).repair());
            assertTrue(String.valueOf(refused.getMessage()).contains("another process has it open"));
        }
    }

    // The first block of each table of the index; in so small a store, that is all of it.
    private void spoilIndex() throws IOException, RocksDBException {
        var tables = new ArrayList<String>();
        try (Database open = Database.openReadOnly(folder)) {
            open.db().getLiveFilesMetaData().stream()
                    .filter(table -> Arrays.equals(table.columnFamilyName(), RocksDB.DEFAULT_COLUMN_FAMILY))
                    .forEach(table -> tables.add(table.fileName()));
        }
        for (String table : tables) {
            Path path = folder.resolve(table.substring(1));
            byte[] octets = Files.readAllBytes(path);
            octets[10] ^= (byte) 0xff;
            Files.write(path, octets);
        }
    }

    @Test
    void aDamagedIndexIsNamedAndMadeAnewFromTheMessages() throws IOException, RocksDBException {
        spoilIndex();
        try (var vault = RocksVault.open(folder)) {
            var refused = assertThrows(StoreFailure.class, () -> new Store(vault, Clock.systemUTC()).mailbox("anna"));
            assertTrue(String.valueOf(refused.getMessage()).contains("./posthouse store repair"), refused.getMessage());
            Vault.Fault fault = vault.fault().orElseThrow();
            assertFalse(fault.heals());
            assertTrue(fault.reason().contains("./posthouse store repair"), fault.reason());
        }
        assertEquals(
                List.of("The index of the store"),
                new StoreCheck(folder, read -> {})
                        .check().stream().map(StoreCheck.Finding::where).toList());
        var repair = new StoreCheck(folder, read -> {});
        assertTrue(repair.repair().stream()
                .anyMatch(found -> found.where().equals("Mailbox anna, folder INBOX")
                        && found.reason().contains("3 messages")));
        assertTrue(Files.isDirectory(repair.aside().orElseThrow()), "the files as they were are kept");
        assertEquals(List.of(), new StoreCheck(folder, read -> {}).check());
        assertEquals(List.of(), readAll());
        try (var vault = RocksVault.open(folder)) {
            Mailbox anna = new Store(vault, Clock.systemUTC()).mailbox("anna");
            Folder inbox = anna.folder("INBOX").orElseThrow();
            assertEquals(
                    List.of(1L, 2L, 3L),
                    anna.messages(inbox.id()).stream().map(Message::uid).toList());
            Message next = anna.append(
                    inbox.id(), message(4), Set.of(), Clock.systemUTC().instant());
            assertEquals(4, next.uid(), "new messages come behind");
        }
    }

    @Test
    void mailOfTheQueueWhoseRecipientsAreLostBecomesAFile() throws IOException, RocksDBException {
        byte[] entry = {0, 'Q', 0, 0, 0, 0, 0, 0, 0, 0x2a};
        byte[] octets = {0, 'O', 0, 0, 0, 0, 0, 0, 0, 0x2a};
        try (var vault = RocksVault.open(folder)) {
            vault.commit(List.of(
                    new Vault.Write(Vault.Area.INDEX, entry, new byte[] {1}),
                    new Vault.Write(Vault.Area.BODIES, octets, message(42))));
        }
        RocksVault.open(folder).close();
        spoilIndex();
        List<StoreCheck.Finding> found = new StoreCheck(folder, read -> {}).repair();
        Path file = folder.resolveSibling(folder.getFileName() + ".lost-queue").resolve("2a.eml");
        assertArrayEquals(message(42), Files.readAllBytes(file));
        assertTrue(found.stream().anyMatch(each -> each.reason().contains(file.toString())), found.toString());
    }

    @Test
    void aStoreWhoseListOfFilesIsDamagedSaysWhatToRunAndIsRepaired() throws IOException {
        try (var files = Files.newDirectoryStream(folder, "MANIFEST-*")) {
            for (Path list : files) {
                Files.write(list, new byte[] {1, 2, 3}, StandardOpenOption.TRUNCATE_EXISTING);
            }
        }
        var refused = assertThrows(StoreFailure.class, () -> RocksVault.open(folder));
        assertTrue(String.valueOf(refused.getMessage()).contains("./posthouse store repair"), refused.getMessage());
        var repair = new StoreCheck(folder, read -> {});
        assertEquals(List.of(), repair.repair());
        assertTrue(Files.isDirectory(repair.aside().orElseThrow()), "the files as they were are kept");
        assertEquals(List.of(), readAll());
        assertEquals(3, repair.read());
    }
}
