package org.posthouse.e2e.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** When a test on the installed product fails, prints the end of the product's log: it is gone with its home. */
public final class LogOnFailure implements TestWatcher {

    private static final int LINES = 80;

    @Override
    public void testFailed(ExtensionContext test, @Nullable Throwable cause) {
        Path log = Installed.product().home().resolve("logs/posthouse.log");
        try {
            List<String> lines = Files.readAllLines(log);
            System.out.println("The end of the log when " + test.getDisplayName() + " failed:");
            lines.subList(Math.max(0, lines.size() - LINES), lines.size()).forEach(System.out::println);
        } catch (IOException unreadable) {
            System.out.println("No log: " + unreadable.getMessage());
        }
    }
}
