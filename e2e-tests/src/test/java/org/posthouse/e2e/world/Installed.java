package org.posthouse.e2e.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** One product for all tests that only need an installed one: set up with mail1 for example.com and all four agents, without TLS. */
public final class Installed {

    /** The first messaging server. */
    public static final String SERVER = "ou=mail1,o=Internet Services,dc=posthouse";

    /** Where users stand. */
    public static final String PEOPLE = "ou=people,o=Acme,dc=posthouse";

    /** A password fit for test users. */
    public static final String SECRET = "a quiet river 7";

    private static final Product PRODUCT = begin();

    private Installed() {}

    private static Product begin() {
        try {
            Path folder = Files.createTempDirectory("posthouse-e2e");
            var product = Product.start(folder.resolve("home")).setUp("--no-tls", "--no-verify-addresses");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(product, folder)));
            return product;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void end(Product product, Path folder) {
        product.close();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    /** The running product. */
    public static Product product() {
        return PRODUCT;
    }

    /** The DN of an agent of the first server: {@code agent("SMTP Agent")}. */
    public static String agent(String name) {
        return "cn=" + name + "," + SERVER;
    }
}
