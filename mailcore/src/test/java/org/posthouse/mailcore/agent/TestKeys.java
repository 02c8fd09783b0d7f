package org.posthouse.mailcore.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.certificate.Upload;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.tree.Kind;

/** Security pages with a certificate from a pair of PEM files, and with none. */
public final class TestKeys {

    /** The system secret that the keys are sealed with. */
    public static final String SECRET = "the system secret of tests";

    /** SSL and TLS is off. */
    public static final ServerSecurity OFF = page(Map.of());

    private TestKeys() {}

    /** No TLS. */
    public static TlsKeys none() {
        return new TlsKeys(() -> OFF, () -> SECRET, Optional.empty());
    }

    /** TLS with the pair in this folder. */
    public static TlsKeys in(Path folder) {
        ServerSecurity page = page(folder);
        return new TlsKeys(() -> page, () -> SECRET, Optional.empty());
    }

    /** A page that wants TLS with the pair in this folder. */
    public static ServerSecurity page(Path folder) {
        return page(folder, SECRET);
    }

    /** The same as attributes of an entry, with the key sealed for a messaging system of this secret. */
    public static Map<String, List<String>> attributes(Path folder, String secret) {
        return Kind.catalogue().panel(ServerSecurity.class).encode(page(folder, secret));
    }

    private static ServerSecurity page(Path folder, String secret) {
        var certified =
                read(folder, "osslcert.pem").with(read(folder, "osslpriv.pem")).certified();
        var sealed =
                new Seal(secret).close(certified.key(), certified.chain().own().getPublicKey());
        return page(Map.of(
                "sslAndTls", List.of("TRUE"),
                "certificate", List.of(certified.chain().toString()),
                "privateKey", List.of(sealed.toString())));
    }

    private static ServerSecurity page(Map<String, List<String>> texts) {
        return Kind.catalogue().panel(ServerSecurity.class).read(texts);
    }

    private static Upload read(Path folder, String name) {
        try {
            return Upload.read(Files.readAllBytes(folder.resolve(name)), "");
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
