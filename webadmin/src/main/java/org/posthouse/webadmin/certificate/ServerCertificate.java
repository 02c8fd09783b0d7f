package org.posthouse.webadmin.certificate;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.posthouse.schema.certificate.AcmeNotes;
import org.posthouse.schema.certificate.Certified;
import org.posthouse.schema.certificate.Issue;
import org.posthouse.schema.certificate.KeyKind;
import org.posthouse.schema.certificate.NotUsable;
import org.posthouse.schema.certificate.Seal;
import org.posthouse.schema.certificate.Upload;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.Orphan;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.SealedKey;
import org.posthouse.webadmin.form.Draft;

/**
 * The certificate of one messaging server, as it stands in the directory. Each act saves certificate and key at once and
 * through the checks of the Security page, provided that nobody was faster.
 *
 * <p>Acts throw {@link NotUsable} with a sentence for the administrator, Refused, or a DirectoryException.
 */
public final class ServerCertificate {

    /** How long a self-signed certificate lasts unless told otherwise. */
    public static final int DAYS = 825;

    private static final int MOST_DAYS = 3650;
    private static final String REQUEST = "posthouseCertificateRequest";
    private static final String PENDING_KEY = "posthousePendingKey";

    private final Directory directory;
    private final Entry server;

    private ServerCertificate(Directory directory, Entry server) {
        this.directory = directory;
        this.server = server;
    }

    /** Of this server as it is now. Throws Missing, or IllegalArgumentException for an object of another kind. */
    public static ServerCertificate of(Directory directory, Place place) {
        Entry entry = directory.read(place).orElseThrow(() -> new Missing(place));
        return of(directory, entry);
    }

    /** Of this server as it was seen. Throws IllegalArgumentException for an object of another kind. */
    public static ServerCertificate of(Directory directory, Entry server) {
        if (server.kind() != Kind.MESSAGING_SERVER) {
            throw new IllegalArgumentException(
                    server.name() + " is a " + server.kind().label() + "; only a messaging server has a certificate");
        }
        return new ServerCertificate(directory, server);
    }

    /** The server it belongs to. */
    public Entry server() {
        return server;
    }

    /** The certificate installed, with those that vouch for it. */
    public Optional<CertificateChain> chain() {
        return server.value("posthouseCertificate").map(CertificateChain::of);
    }

    /** The request that waits for its answer, as PEM. */
    public Optional<String> request() {
        return server.value(REQUEST).map(text -> Issue.pem(Base64.getDecoder().decode(text)));
    }

    /** The names a new certificate is best made for: those of the old one, else the Official Domain. */
    public List<String> proposedNames() {
        List<String> before = chain().map(CertificateChain::names).orElse(List.of());
        return before.isEmpty()
                ? server.value("posthouseOfficialDomain").map(List::of).orElse(List.of())
                : before;
    }

    /** Makes a certificate that nobody else vouches for, and installs it. */
    public Entry makeSelfSigned(List<String> names, KeyKind kind, int days, Instant now) {
        if (days < 1 || days > MOST_DAYS) {
            throw new NotUsable("A certificate lasts 1 to " + MOST_DAYS + " days, not " + days + ".");
        }
        return install(Issue.of(given(names)).selfSigned(kind.make(), now, Duration.ofDays(days)), now);
    }

    /**
     * Makes a key and a request for a certificate; both wait for the authority's answer. Throws Refused where the server
     * has lost its postmaster.
     */
    public Entry makeRequest(List<String> names, KeyKind kind) {
        Orphan.problem(directory, server).ifPresent(orphaned -> {
            throw new Refused(List.of(orphaned));
        });
        KeyPair pair = kind.make();
        byte[] request = Issue.of(given(names)).request(pair);
        return keep(
                server,
                List.of(Base64.getEncoder().encodeToString(request)),
                List.of(seal().close(pair.getPrivate(), pair.getPublic()).toString()));
    }

    /** Gives the request up. */
    public Entry dropRequest() {
        return keep(server, List.of(), List.of());
    }

    /**
     * Installs what was uploaded. Without a private key in it, it is the answer to the request that waits, or a renewal
     * for the key in use.
     */
    public Entry install(Upload upload, Instant now) {
        return install(upload.hasKey() ? upload.certified() : answered(upload), now);
    }

    private Entry install(Certified certified, Instant now) {
        CertificateChain chain = certified.valid(now).chain();
        SealedKey key = seal().close(certified.key(), chain.own().getPublicKey());
        Draft draft = draft();
        draft.set("certificate", List.of(chain.toString()));
        draft.set("privateKey", List.of(key.toString()));
        Entry saved = draft.save();
        boolean answered = pendingKey()
                .filter(pending -> pending.fits(chain.own().getPublicKey()))
                .isPresent();
        return answered ? keep(saved, List.of(), List.of()) : saved;
    }

    /** Takes certificate and key away. Refused while SSL and TLS is on. */
    public Entry remove() {
        Draft draft = draft();
        if (draft.texts("sslAndTls").contains("TRUE")) {
            throw new NotUsable("SSL and TLS of " + server.name() + " is on and needs the certificate. "
                    + "Turn SSL and TLS off first.");
        }
        draft.set("certificate", List.of());
        draft.set("privateKey", List.of());
        return draft.save();
    }

    /** What is wanted of an ACME authority: texts of options of the Security page; those that are not named stay. */
    public Entry ask(Map<String, List<String>> options, Instant now) {
        Draft draft = draft();
        options.forEach(draft::set);
        Entry saved = draft.save();
        return note(saved, AcmeNotes.asking(now));
    }

    /** Asks an ACME authority for nothing any more. A certificate that came stays, and is renewed as the page says. */
    public Entry stopAsking() {
        return note(server, AcmeNotes.silent());
    }

    /** What stands here of dealings with an ACME authority. */
    public AcmeNotes acme() {
        return AcmeNotes.of(server);
    }

    /** Whether the certificate installed came by ACME. */
    public boolean isFromAcme() {
        return chain().filter(acme()::issued).isPresent();
    }

    private Entry note(Entry seen, Map<String, List<String>> notes) {
        return directory.save(seen.place(), seen.attributes(), notes, seen.revision());
    }

    private Certified answered(Upload upload) {
        var keys = new LinkedHashMap<SealedKey, PublicKey>();
        pendingKey().ifPresent(key -> keys.put(key, requested()));
        server.value("posthousePrivateKey")
                .map(SealedKey::of)
                .ifPresent(key ->
                        chain().ifPresent(chain -> keys.put(key, chain.own().getPublicKey())));
        if (keys.isEmpty()) {
            return upload.certified();
        }
        NotUsable why = new NotUsable("");
        for (Map.Entry<SealedKey, PublicKey> each : keys.entrySet()) {
            try {
                PrivateKey key = seal().open(each.getKey(), each.getValue());
                return upload.certified(key);
            } catch (NotUsable another) {
                why = another;
            }
        }
        throw why;
    }

    private Optional<SealedKey> pendingKey() {
        return server.value(REQUEST).isPresent() ? server.value(PENDING_KEY).map(SealedKey::of) : Optional.empty();
    }

    private PublicKey requested() {
        try {
            byte[] request = Base64.getDecoder().decode(server.value(REQUEST).orElseThrow());
            return new JcaPKCS10CertificationRequest(request).getPublicKey();
        } catch (java.io.IOException | java.security.GeneralSecurityException | IllegalArgumentException broken) {
            throw new NotUsable("The request kept for " + server.name() + " cannot be read; make a new one.", broken);
        }
    }

    private Draft draft() {
        return Draft.of(directory, server, Kind.catalogue().panel(ServerSecurity.class));
    }

    private Entry keep(Entry seen, List<String> request, List<String> key) {
        Map<String, List<String>> before = Map.of(REQUEST, seen.values(REQUEST), PENDING_KEY, seen.values(PENDING_KEY));
        Map<String, List<String>> after = Map.of(REQUEST, request, PENDING_KEY, key);
        return before.equals(after) ? seen : directory.save(seen.place(), before, after, seen.revision());
    }

    private Seal seal() {
        return new Seal(directory
                .read(directory.internetServices())
                .flatMap(services -> services.value("posthouseSystemSecret"))
                .orElseThrow(() -> new NotUsable("The messaging system has no system secret to seal the private key "
                        + "with; it was lost from Internet Services.")));
    }

    private static List<String> given(List<String> names) {
        return names.stream().filter(name -> !name.isBlank()).toList();
    }
}
