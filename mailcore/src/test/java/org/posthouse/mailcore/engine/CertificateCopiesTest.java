package org.posthouse.mailcore.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.Issue;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.file.AtomicFile;
import org.posthouse.schema.file.SyncRecording;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.tree.Kind;

/** The copies of the certificate for other programs of the host. */
class CertificateCopiesTest {

    @TempDir
    Path folder;

    @Test
    void areOnTheDiskWhenTheyCountAsUpToDate() throws IOException, GeneralSecurityException {
        ServerSecurity page = page();
        Path chain = folder.resolve("osslcert.pem");
        Path key = folder.resolve("osslpriv.pem");
        List<Path> synced = SyncRecording.of(() -> CertificateCopies.write(folder, page, "secret"));
        assertEquals(List.of(AtomicFile.draft(chain), folder, AtomicFile.draft(key), folder), synced);
        assertEquals(List.of(), SyncRecording.of(() -> CertificateCopies.write(folder, page, "secret")));
    }

    @Test
    void areDeletedWithTheCertificate() throws IOException, GeneralSecurityException {
        CertificateCopies.write(folder, page(), "secret");
        ServerSecurity none = Kind.catalogue().panel(ServerSecurity.class).read(Map.of());
        assertEquals(List.of(folder, folder), SyncRecording.of(() -> CertificateCopies.write(folder, none, "secret")));
        assertFalse(Files.exists(folder.resolve("osslpriv.pem")));
    }

    private static ServerSecurity page() throws GeneralSecurityException {
        var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        Certified issued = Issue.of(List.of("mail.example"))
                .selfSigned(keys, Clock.systemUTC().instant(), Duration.ofDays(90));
        String sealed = new Seal("secret").close(issued.key(), keys.getPublic()).toString();
        return Kind.catalogue()
                .panel(ServerSecurity.class)
                .read(Map.of("certificate", List.of(issued.chain().toString()), "privateKey", List.of(sealed)));
    }
}
