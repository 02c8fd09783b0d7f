package org.posthouse.e2e.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthouse.e2e.world.Installed.SERVER;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Loop;
import org.posthouse.e2e.world.Product;

/** What was saved when the whole product is killed in the middle of a Save, wherever that is. */
class SaveCrashTest {

    private static final int KILLS = 4;
    private static final String NMAP = "cn=NMAP Agent," + SERVER;
    private static final String OPTION = "minimumSpace";

    @TempDir
    Path folder;

    private final Random random = new Random(20);
    // Every value is used once, so that one found again says which Save it came from.
    private final AtomicInteger value = new AtomicInteger(10_000);
    private volatile int acknowledged;

    @Test
    void directoryAndHistoryAgreeAfterEachKillAndNothingAcknowledgedIsLost() throws Exception {
        try (Product product = Product.start(folder.resolve("home")).setUp("--with", "smtp,imap")) {
            for (int kill = 0; kill < KILLS; kill++) {
                saveUntilKilled(product);
                product.again();
                agree(product.api());
            }
        }
    }

    private void saveUntilKilled(Product product) throws InterruptedException {
        int before = acknowledged;
        Thread saving = Thread.ofVirtual().start(() -> saveUntilGone(product.api()));
        Await.until("a few values are saved", Duration.ofSeconds(60), () -> acknowledged > before + 3);
        long moment = System.nanoTime() + random.nextLong(60_000_000);
        while (System.nanoTime() < moment) {
            Thread.onSpinWait();
        }
        product.kill();
        assertTrue(saving.join(Duration.ofSeconds(60)), "it went on saving");
    }

    private void saveUntilGone(Api api) {
        try {
            while (true) {
                int next = value.incrementAndGet();
                api.change(NMAP, OPTION, "" + next);
                acknowledged = next;
            }
        } catch (AssertionError killed) {
            // The Save on its way when it was killed may have been done or not; the directory decides.
            return;
        }
    }

    private void agree(Api api) {
        assertTrue(api.get("/history/verify").getBoolean("whole"), "the history is whole");
        int kept = api.object(NMAP).getJsonObject("options").getInt(OPTION);
        assertTrue(kept >= acknowledged, () -> acknowledged + " was acknowledged, " + kept + " is kept");
        assertTrue(kept <= value.get(), () -> kept + " was never saved");
        List<JsonObject> changes = api.get("/history?size=9&act=changed&option=" + OPTION)
                .getJsonArray("changes")
                .getValuesAs(JsonObject.class);
        JsonObject newest = changes.getFirst();
        if (newest.getString("state").equals("refused")) {
            // The kill came between the entry in the history and the directory: the old value stays, and both say so.
            assertTrue(newest.getString("remark").contains("after an interruption"), newest.toString());
            assertFalse(Loop.after(newest, OPTION).contains("" + kept), newest.toString());
            newest = changes.get(1);
        }
        assertEquals("done", newest.getString("state"), newest.toString());
        assertEquals(List.of("" + kept), Loop.after(newest, OPTION), newest.toString());
    }
}
