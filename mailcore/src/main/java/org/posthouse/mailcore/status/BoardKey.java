package org.posthouse.mailcore.status;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.posthouse.schema.certificate.Issue;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.certificate.Pin;
import org.posthouse.schema.value.DomainName;

/**
 * The key of a board that other machines read: made for one run and never kept. Consoles know it by its pin, which the
 * engine writes into the directory.
 */
final class BoardKey {

    private static final Duration LONGER_THAN_ANY_RUN = Duration.ofDays(20 * 365);
    private static final DomainName NAME = new DomainName("status.posthouse.internal");

    private final KeyPair keys = KeyKind.EC.make();

    Pin pin() {
        return Pin.of(keys.getPublic());
    }

    /** For the side that shows the key. */
    SSLContext context(Instant now) {
        try {
            var chain = new Issue(List.of(NAME))
                    .selfSigned(keys, now, LONGER_THAN_ANY_RUN)
                    .chain()
                    .certificates();
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("board", keys.getPrivate(), new char[0], chain.toArray(X509Certificate[]::new));
            var managers = KeyManagerFactory.getInstance("SunX509");
            managers.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
