package org.posthouse.mailcore.acme;

import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.posthouse.schema.certificate.AcmeAccount;
import org.posthouse.schema.certificate.AcmeNotes;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.Place;

/**
 * What an order reads and writes at its messaging server in the directory. Every method throws a DirectoryException when
 * the directory cannot be asked or refuses.
 */
final class Ledger {

    // Somebody who saves the same page just then is at most a few times faster.
    private static final int ATTEMPTS = 10;

    private final Place server;
    private final Supplier<Directory> directory;
    private final Supplier<String> secret;

    Ledger(Place server, Supplier<Directory> directory, Supplier<String> secret) {
        this.server = server;
        this.directory = directory;
        this.secret = secret;
    }

    /** The key of the account with authorities; a fresh one is kept before it is used. Throws NotUsable. */
    KeyPair account() {
        var seal = new Seal(secret.get());
        Optional<AcmeAccount> known = AcmeNotes.of(read()).account();
        if (known.isPresent()) {
            return known.get().open(seal);
        }
        AcmeAccount made = AcmeAccount.make(seal);
        save(AcmeNotes.opened(made));
        return made.open(seal);
    }

    /** Puts a certificate in force and strikes what was asked for; returns the revision since when it stands there. */
    long keep(Certified came) {
        var page = new HashMap<>(AcmeNotes.answered(came.chain()));
        var key = new Seal(secret.get()).close(came.key(), came.chain().own().getPublicKey());
        page.put("posthouseCertificate", List.of(came.chain().toString()));
        page.put("posthousePrivateKey", List.of(key.toString()));
        return save(page);
    }

    private Entry read() {
        return directory.get().read(server).orElseThrow(() -> new Missing(server));
    }

    private long save(Map<String, List<String>> values) {
        for (int attempt = 1; ; attempt++) {
            Entry now = read();
            try {
                return directory
                        .get()
                        .save(server, now.attributes(), values, now.revision())
                        .revision();
            } catch (Conflict faster) {
                if (attempt == ATTEMPTS) {
                    throw faster;
                }
            }
        }
    }
}
