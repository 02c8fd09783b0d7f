package org.posthouse.mailcore.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -Dlong}, messages of 60 MiB. */
class HostileMessagesTest {

    private static final boolean LONG = Boolean.getBoolean("long");
    private static final int MIB = LONG ? 60 : 3;
    // What the agents and a client have without any message, and what a message may cost beside its own octets.
    private static final int AGENTS_MIB = 32;
    private static final int BESIDE_MIB = 64;
    // What takes time in proportion to the square of a message takes longer by far.
    private static final int SECONDS = LONG ? 60 : 30;

    @TempDir
    private Path folder;

    @Test
    void anyMessageIsReadInLittleMemoryAndInTimeThatIsInProportionToIt() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xmn8m",
                        "-Xmx" + (MIB + BESIDE_MIB + AGENTS_MIB) + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileMessages.class.getName(),
                        folder.resolve("store").toString(),
                        String.valueOf(MIB << 20),
                        String.valueOf(SECONDS)))
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), said);
        if (LONG) {
            System.out.println(said);
        }
    }
}
