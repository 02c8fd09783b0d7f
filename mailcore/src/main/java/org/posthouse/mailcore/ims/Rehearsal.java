package org.posthouse.mailcore.ims;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.jar.JarFile;

/**
 * A start nobody waits for, on a home of its own and without a directory, with every class of ours loaded. The JDK, told
 * to, writes down what it loaded and linked meanwhile, and real starts of {@code posthouse ims} need not do it again.
 */
public final class Rehearsal {

    private Rehearsal() {}

    /** Starts, reads the board, and stops. */
    public static void main(String... arguments) throws Exception {
        Path home = Files.createTempDirectory("posthouse-ims-rehearsal");
        var settings = new Properties();
        settings.setProperty("home", home.toString());
        settings.setProperty("bind", "127.0.0.1");
        try (var engine = Ims.engine(settings);
                var http = HttpClient.newHttpClient()) {
            loadOurs(Ims.class);
            loadOurs(org.posthouse.schema.option.Catalogue.class);
            var board = HttpRequest.newBuilder(URI.create(engine.statusUrl() + "/status"));
            http.send(board.build(), HttpResponse.BodyHandlers.ofString());
        } finally {
            delete(home);
        }
        System.exit(0);
    }

    // What runs only with a directory and a peer is loaded as well; it is linked when the cache is written.
    private static void loadOurs(Class<?> neighbour) throws IOException, URISyntaxException, ClassNotFoundException {
        var jar = Path.of(
                neighbour.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (var open = new JarFile(jar.toFile())) {
            for (var entry : (Iterable<java.util.jar.JarEntry>) open.stream()::iterator) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.endsWith("-info.class")) {
                    String type =
                            name.substring(0, name.length() - ".class".length()).replace('/', '.');
                    Class.forName(type, false, Rehearsal.class.getClassLoader());
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var found = Files.walk(folder)) {
            found.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }
}
