package org.posthouse.webadmin.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/** Copies what the console writes, of any length, to a file or to the terminal. */
final class Download {

    private final RestClient client;
    private final PrintStream out;

    Download(RestClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    /** To a file where one is named. */
    void to(Optional<String> file, String path, Map<String, String> query) {
        try {
            if (file.isPresent()) {
                toFile(Path.of(file.get()), path, query);
            } else {
                client.download(path, query, out);
            }
        } catch (IOException broken) {
            throw new Failure(Failure.REFUSED, "The export could not be written: " + broken.getMessage());
        }
    }

    // An export that is cut off leaves the file of yesterday as it was.
    private void toFile(Path file, String path, Map<String, String> query) throws IOException {
        Path whole = file.toAbsolutePath();
        Path fresh = whole.resolveSibling(whole.getFileName() + ".new");
        try {
            try (OutputStream to = Files.newOutputStream(fresh)) {
                client.download(path, query, to);
            }
            Files.move(fresh, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
