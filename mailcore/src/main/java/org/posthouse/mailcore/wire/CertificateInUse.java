package org.posthouse.mailcore.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.certificate.Upload;
import org.posthouse.schema.file.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and private key that a server last used, in one PEM file (RFC 7468) that only its owner can read. After
 * a restart they take the place of a new certificate that cannot be used. What goes wrong with the file is logged: TLS
 * works without it.
 */
public final class CertificateInUse {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateInUse.class);

    private final Path file;

    /** Remembers in the server's home. */
    public CertificateInUse(Path serverHome) {
        this.file = serverHome.resolve("certificate-in-use.pem");
    }

    /** What was last used; empty when nothing was, or the file cannot be read. */
    Optional<Certified> read() {
        try {
            return Files.exists(file)
                    ? Optional.of(Upload.read(Files.readAllBytes(file), "").certified())
                    : Optional.empty();
        } catch (IOException | NotUsable unreadable) {
            LOG.warn("{} cannot be read: {}", file, unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** Remembers these, all or nothing. */
    void keep(Certified certified) {
        byte[] pem = (certified.chain().pem() + certified.keyPem()).getBytes(StandardCharsets.US_ASCII);
        try {
            if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), pem)) {
                return;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFile.replace(file, AtomicFile.PRIVATE, pem);
        } catch (IOException failed) {
            LOG.warn("The certificate in use cannot be recorded in {}: {}", file, failed.getMessage());
        }
    }

    /** Forgets them: the server has no certificate any more. */
    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            LOG.warn("{} cannot be deleted: {}", file, failed.getMessage());
        }
    }
}
