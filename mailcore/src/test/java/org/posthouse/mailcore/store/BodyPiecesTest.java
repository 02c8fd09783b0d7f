package org.posthouse.mailcore.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.store.RocksVault.Disk;
import org.posthouse.mailcore.store.Vault.Area;
import org.posthouse.mailcore.store.Vault.Write;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** A message that is larger than one piece, on its way into a store on disk and out of it. */
class BodyPiecesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC);
    private static final int OCTETS = 2 * BodyPieces.PIECE + 12_345;

    @TempDir
    Path folder;

    private static byte[] message() {
        var octets = new byte[OCTETS];
        new Random(5).nextBytes(octets);
        byte[] header = "Subject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, octets, 0, header.length);
        return octets;
    }

    private RocksVault open(Disk disk) {
        return RocksVault.open(folder, folder, disk, Duration.ofHours(1));
    }

    private static Mailbox anna(RocksVault vault) {
        return new Store(vault, CLOCK).mailbox("anna");
    }

    private static int inbox(Mailbox mailbox) {
        return mailbox.folder(Folder.INBOX).orElseThrow().id();
    }

    private static Message append(Mailbox mailbox) {
        return mailbox.append(inbox(mailbox), message(), Set.of(), CLOCK.instant());
    }

    private static int values(RocksVault vault) {
        return vault.keys(Area.BODIES, "anna".getBytes(StandardCharsets.US_ASCII))
                .size();
    }

    @Test
    void isReadAsItWasWritten() {
        try (var vault = open(RocksDB::write)) {
            Message message = append(anna(vault));
            assertArrayEquals(message(), anna(vault).body(message).orElseThrow());
            assertTrue(values(vault) > 1, "it is in pieces");
        }
        try (var vault = open(RocksDB::write)) {
            Mailbox again = anna(vault);
            Message message = again.messages(inbox(again)).getFirst();
            assertEquals(OCTETS, message.size());
            assertArrayEquals(message(), again.body(message).orElseThrow());
        }
        assertEquals(List.of(), new StoreCheck(folder, read -> {}).check());
    }

    @Test
    void leavesNothingOnDiskWithItsLastCopy() {
        try (var vault = open(RocksDB::write)) {
            Mailbox mailbox = anna(vault);
            Message message = append(mailbox);
            int trash = mailbox.folder("Trash").orElseThrow().id();
            Message copy = mailbox.copy(inbox(mailbox), List.of(message.uid()), trash, false)
                    .to()
                    .getFirst();
            mailbox.expunge(inbox(mailbox), List.of(message.uid()));
            assertArrayEquals(message(), mailbox.body(copy).orElseThrow());
            mailbox.expunge(trash, List.of(copy.uid()));
            assertEquals(0, values(vault));
        }
    }

    @Test
    void isWrittenInCommitsThatAreSmall() {
        var largest = new AtomicLong();
        Disk disk = (db, options, batch) -> {
            largest.accumulateAndGet(batch.getDataSize(), Math::max);
            db.write(options, batch);
        };
        try (var vault = open(disk)) {
            append(anna(vault));
        }
        assertTrue(largest.get() < BodyPieces.PIECE + 10_000, () -> "a commit had " + largest + " octets");
    }

    @Test
    void holdsUpNobodyElseInTheMailboxWhileItIsWritten() throws Exception {
        var writing = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Disk disk = (db, options, batch) -> {
            if (batch.getDataSize() > BodyPieces.PIECE) {
                writing.countDown();
                await(goOn);
            }
            db.write(options, batch);
        };
        try (var vault = open(disk)) {
            Mailbox mailbox = anna(vault);
            int inbox = inbox(mailbox);
            var appended = CompletableFuture.supplyAsync(() -> append(mailbox), Thread::startVirtualThread);
            try {
                assertTrue(writing.await(1, TimeUnit.MINUTES));
                var looked = CompletableFuture.supplyAsync(() -> mailbox.messages(inbox), Thread::startVirtualThread);
                assertEquals(List.of(), looked.get(1, TimeUnit.MINUTES));
            } finally {
                goOn.countDown();
            }
            assertEquals(List.of(appended.get(1, TimeUnit.MINUTES)), mailbox.messages(inbox));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(2, TimeUnit.MINUTES));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void cutOffByACrash() {
        var pieces = new AtomicLong();
        Disk disk = (db, options, batch) -> {
            boolean another = batch.getDataSize() > BodyPieces.PIECE && pieces.incrementAndGet() > 1;
            if (another || pieces.get() > 1) {
                throw new RocksDBException("No space left on device");
            }
            db.write(options, batch);
        };
        try (var vault = open(disk)) {
            Mailbox mailbox = anna(vault);
            assertThrows(StoreFailure.class, () -> append(mailbox));
            assertEquals(List.of(), mailbox.messages(inbox(mailbox)));
            assertEquals(1, values(vault), "one piece was written");
        }
    }

    @Test
    void isRemovedAtTheNextStartWhenACrashCutItOff() {
        cutOffByACrash();
        try (var vault = open(RocksDB::write)) {
            Mailbox again = anna(vault);
            assertEquals(0, values(vault));
            assertEquals(List.of(), again.messages(inbox(again)));
            append(again);
            assertEquals(1, anna(vault).messages(inbox(again)).size());
        }
    }

    @Test
    void isNotRestoredByARepairWhenACrashCutItOff() throws IOException, RocksDBException {
        cutOffByACrash();
        Path anew = folder.resolve("anew");
        IndexRebuild.write(folder, anew, read -> {}, CLOCK);
        try (var vault = RocksVault.open(anew)) {
            Mailbox again = anna(vault);
            assertEquals(List.of(), again.messages(inbox(again)));
            assertEquals(0, values(vault));
        }
    }

    @Test
    void leavesNothingInAFolderThatIsDeletedMeanwhile() {
        var once = new ArrayList<Runnable>();
        Disk disk = (db, options, batch) -> {
            if (batch.getDataSize() > BodyPieces.PIECE && !once.isEmpty()) {
                Thread.startVirtualThread(once.removeFirst());
            }
            db.write(options, batch);
        };
        try (var vault = open(disk)) {
            Mailbox mailbox = anna(vault);
            Folder gone = mailbox.create("Gone", "");
            var deleted = new CompletableFuture<Void>();
            once.add(() -> {
                mailbox.delete(gone.id());
                deleted.complete(null);
            });
            boolean refused = false;
            try {
                mailbox.append(gone.id(), message(), Set.of(), CLOCK.instant());
            } catch (FolderGone expected) {
                refused = true;
            }
            deleted.orTimeout(1, TimeUnit.MINUTES).join();
            assertEquals(0, values(vault), () -> "nothing refers to what is left");
            assertTrue(refused || mailbox.folder("Gone").isEmpty());
        }
    }

    @Test
    void ofAnEarlierRevisionIsOneValueAndIsReadAndRemovedAsWell() {
        try (var vault = open(RocksDB::write)) {
            Message message = append(anna(vault));
            byte[] key = new Keys("anna").body(message.body());
            var batch = new ArrayList<Write>(BodyPieces.removing(key, OCTETS));
            batch.add(new Write(Area.BODIES, key, message()));
            vault.commit(batch);
            Mailbox again = anna(vault);
            assertArrayEquals(message(), again.body(message).orElseThrow());
            again.expunge(inbox(again), List.of(message.uid()));
            assertEquals(0, values(vault));
        }
    }

    @Test
    void thatLacksAPieceIsReplacedByATextThatSaysSo() {
        try (var vault = open(RocksDB::write)) {
            Message message = append(anna(vault));
            byte[] key = new Keys("anna").body(message.body());
            vault.commit(List.of(new Write(Area.BODIES, BodyPieces.piece(key, 1), null)));
            byte[] octets = anna(vault).body(message).orElseThrow();
            assertEquals(OCTETS, octets.length);
            String text = new String(Arrays.copyOf(octets, 1_000), StandardCharsets.US_ASCII);
            assertTrue(text.contains("The server cannot read this message"), text);
        }
        assertEquals(1, new StoreCheck(folder, read -> {}).repair().size());
        assertEquals(List.of(), new StoreCheck(folder, read -> {}).check());
    }
}
