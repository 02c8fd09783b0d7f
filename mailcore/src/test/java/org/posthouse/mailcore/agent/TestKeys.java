package org.posthouse.mailcore.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.certificate.Upload;
import org.posthouse.schema.panel.ServerSecurity;

/** Security pages with a certificate from a pair of PEM files, and with none. */
public final class TestKeys {

    /** The system secret that the keys are sealed with. */
    public static final String SECRET = "the system secret of tests";

    /** SSL and TLS is off. */
    public static final ServerSecurity OFF = new ServerSecurity(false, Optional.empty(), Optional.empty(), List.of());

    private TestKeys() {}

    /** No TLS. */
    public static TlsKeys none() {
        return new TlsKeys(() -> OFF, () -> SECRET);
    }

    /** TLS with the pair in this folder. */
    public static TlsKeys in(Path folder) {
        ServerSecurity page = page(folder);
        return new TlsKeys(() -> page, () -> SECRET);
    }

    /** A page that wants TLS with the pair in this folder. */
    public static ServerSecurity page(Path folder) {
        var certified =
                read(folder, "osslcert.pem").with(read(folder, "osslpriv.pem")).certified();
        var sealed =
                new Seal(SECRET).close(certified.key(), certified.chain().own().getPublicKey());
        return new ServerSecurity(true, Optional.of(certified.chain()), Optional.of(sealed), List.of());
    }

    private static Upload read(Path folder, String name) {
        try {
            return Upload.read(Files.readAllBytes(folder.resolve(name)), "");
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
