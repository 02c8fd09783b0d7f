package org.posthouse.mailcore.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthouse.mailcore.imap.command.SequenceSet.Range;

class WireFormsTest {

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    // The second is the example of RFC 3501 5.1.3.
    @ParameterizedTest
    @CsvSource({
        "Entwürfe, Entw&APw-rfe",
        "~peter/mail/台北/日本語, '~peter/mail/&U,BTFw-/&ZeVnLIqe-'",
        "A&B, A&-B",
        "INBOX, INBOX",
        "😀, &2D3eAA-"
    })
    void aMailboxNameHasOneForm(String name, String wire) {
        assertEquals(wire, MailboxName.write(name));
        assertEquals(name, MailboxName.read(wire));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aMailboxNameComesBackAsItWent(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String name = anyName(random);
            String wire = MailboxName.write(name);
            assertEquals(name, MailboxName.read(wire));
            assertTrue(wire.chars().allMatch(c -> c >= ' ' && c <= '~'), wire);
        }
    }

    private static String anyName(Random random) {
        var name = new StringBuilder();
        for (int n = random.nextInt(12); n >= 0; n--) {
            int one = random.nextInt(3);
            name.appendCodePoint(one == 0 ? '&' : one == 1 ? ' ' + random.nextInt(95) : 0x80 + random.nextInt(0xd000));
        }
        return name.toString();
    }

    @Test
    void brokenNamesAreTakenAsTheyStand() {
        assertEquals("a&b", MailboxName.read("a&b"));
        assertEquals("a&!!-", MailboxName.read("a&!!-"));
        assertEquals("a&A-", MailboxName.read("a&A-"));
    }

    @Test
    void aStarIsTheLargestNumberInUse() {
        assertEquals(List.of(new Range(3, 5)), SequenceSet.parse("5:*").resolve(3));
        assertEquals(
                List.of(new Range(1, 4), new Range(9, 9)),
                SequenceSet.parse("*,3:1,4").resolve(9));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void numbersWrittenShortAreTheSameNumbers(long seed) {
        var random = new Random(seed);
        var numbers = new TreeSet<Long>();
        for (int n = random.nextInt(60); n >= 0; n--) {
            numbers.add(1L + random.nextInt(100));
        }
        var back = new ArrayList<Long>();
        for (var range :
                SequenceSet.parse(SequenceSet.shortest(List.copyOf(numbers))).resolve(1)) {
            LongStream.rangeClosed(range.one(), range.other()).forEach(back::add);
        }
        assertEquals(List.copyOf(numbers), back);
    }

    @Test
    void aDateIsWrittenAsItIsRead() {
        Instant instant = Instant.parse("2026-11-03T04:05:06Z");
        assertEquals("03-Nov-2026 04:05:06 +0000", DateTime.write(instant));
        assertEquals(instant, DateTime.parse(DateTime.write(instant)));
        assertEquals(instant, DateTime.parse(" 2-Nov-2026 23:05:06 -0500"));
    }
}
