package org.posthouse.e2e.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** When a test fails, prints the end of the logs of the products it may have used: they are gone with their homes. */
public final class LogOnFailure implements TestWatcher {

    private static final int LINES = 80;

    @Override
    public void testFailed(ExtensionContext test, @Nullable Throwable cause) {
        System.out.println(test.getDisplayName() + " failed: " + cause);
        Product.recent().forEach(product -> {
            print(product.output());
            print(product.home().resolve("logs/posthouse.log"));
        });
    }

    private static void print(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            System.out.println("The end of " + log + ":");
            lines.subList(Math.max(0, lines.size() - LINES), lines.size()).forEach(System.out::println);
        } catch (IOException unreadable) {
            System.out.println("No log: " + unreadable.getMessage());
        }
    }
}
