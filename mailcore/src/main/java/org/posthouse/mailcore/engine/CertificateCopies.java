package org.posthouse.mailcore.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.panel.ServerSecurity;

/**
 * The certificate and key in force as PEM files in the DBF Directory, for other programs of the host: NetMail's
 * {@code osslcert.pem} and {@code osslpriv.pem}. Nothing here reads them, and files of others are left alone.
 */
final class CertificateCopies {

    // Text before the first block is no part of a PEM file (RFC 7468 2).
    private static final String OURS = "A copy for other programs. The server's Security page has the original.\n";

    private CertificateCopies() {}

    /**
     * Writes them, or deletes them when there is no certificate any more. Throws StoreFailure when they are not up to
     * date; no agent needs them.
     */
    static void write(Path dbfDirectory, ServerSecurity page, String systemSecret) {
        try {
            if (page.certificate().isEmpty() || page.privateKey().isEmpty()) {
                delete(dbfDirectory.resolve("osslcert.pem"));
                delete(dbfDirectory.resolve("osslpriv.pem"));
                return;
            }
            Certified certified = TlsKeys.certified(page, systemSecret);
            put(dbfDirectory.resolve("osslcert.pem"), certified.chain().pem(), AtomicFile.READABLE);
            put(dbfDirectory.resolve("osslpriv.pem"), certified.keyPem(), AtomicFile.PRIVATE);
        } catch (NotUsable failed) {
            throw new StoreFailure("The certificate cannot be used: " + failed.getMessage(), failed);
        } catch (IOException failed) {
            throw new StoreFailure(
                    "The copies of the certificate in " + dbfDirectory + " are not up to date: " + failed.getMessage(),
                    failed);
        }
    }

    private static void put(Path file, String pem, String permissions) throws IOException {
        String text = OURS + pem;
        if (Files.exists(file)) {
            String known = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (known.equals(text)) {
                return;
            }
            if (!known.startsWith(OURS)) {
                throw new IOException(file + " was written by someone else");
            }
        }
        AtomicFile.replace(file, permissions, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void delete(Path file) throws IOException {
        if (Files.exists(file)
                && Files.readString(file, StandardCharsets.ISO_8859_1).startsWith(OURS)) {
            AtomicFile.delete(file);
        }
    }
}
