package org.posthouse.webadmin.boot;

/** Closing what came out of another class loader, of which nothing is known but that it can be closed. */
final class Part {
    private Part() {}

    static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
