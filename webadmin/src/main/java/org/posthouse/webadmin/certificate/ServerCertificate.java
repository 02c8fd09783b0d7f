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
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.CertificateChain;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.SealedKey;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Step;

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

    private final ChangeService changes;
    private final Entry server;

    private ServerCertificate(ChangeService changes, Entry server) {
        this.changes = changes;
        this.server = server;
    }

    /** Of this server as it is now. Throws Missing, or IllegalArgumentException for an object of another kind. */
    public static ServerCertificate of(ChangeService changes, Place place) {
        Entry entry = changes.directory().read(place).orElseThrow(() -> new Missing(place));
        return of(changes, entry);
    }

    /** Of this server as it was seen. Throws IllegalArgumentException for an object of another kind. */
    public static ServerCertificate of(ChangeService changes, Entry server) {
        if (server.kind() != Kind.MESSAGING_SERVER) {
            throw new IllegalArgumentException(server.name() + " is "
                    + server.kind().labelWithArticle() + "; only messaging servers have certificates");
        }
        return new ServerCertificate(changes, server);
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
            throw new NotUsable("A certificate can be valid for 1 to " + MOST_DAYS + " days, not " + days + ".");
        }
        return install(Issue.of(given(names)).selfSigned(kind.make(), now, Duration.ofDays(days)), now);
    }

    /**
     * Makes a key and a request for a certificate; both wait for the authority's answer. Throws Refused where the server
     * has lost its postmaster.
     */
    public Entry makeRequest(List<String> names, KeyKind kind) {
        KeyPair pair = kind.make();
        byte[] request = Issue.of(given(names)).request(pair);
        return save(waiting(
                List.of(Base64.getEncoder().encodeToString(request)),
                List.of(seal().close(pair.getPrivate(), pair.getPublic()).toString())));
    }

    /** Gives the request up. */
    public Entry dropRequest() {
        return save(waiting(List.of(), List.of()));
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
        var wanted = new LinkedHashMap<>(draft.writes());
        boolean answered = pendingKey()
                .filter(pending -> pending.fits(chain.own().getPublicKey()))
                .isPresent();
        if (answered) {
            wanted.putAll(waiting(List.of(), List.of()));
        }
        return save(wanted);
    }

    /** Takes certificate and key away. Refused while SSL and TLS is on. */
    public Entry remove() {
        Draft draft = draft();
        if (draft.texts("sslAndTls").contains("TRUE")) {
            throw new NotUsable("SSL and TLS of " + server.name() + " is on and requires the certificate. "
                    + "Turn SSL and TLS off first.");
        }
        draft.set("certificate", List.of());
        draft.set("privateKey", List.of());
        return save(draft.writes());
    }

    /** What is wanted of an ACME authority: texts of options of the Security page; those that are not named stay. */
    public Entry ask(Map<String, List<String>> options, Instant now) {
        Draft draft = draft();
        options.forEach(draft::set);
        var wanted = new LinkedHashMap<>(draft.writes());
        wanted.putAll(AcmeNotes.asking(now));
        return save(wanted);
    }

    /** Asks an ACME authority for nothing any more. A certificate that came stays, and is renewed as the page says. */
    public Entry stopAsking() {
        return save(AcmeNotes.silent());
    }

    /** What stands here of dealings with an ACME authority. */
    public AcmeNotes acme() {
        return AcmeNotes.of(server);
    }

    /** Whether the certificate installed came by ACME. */
    public boolean isFromAcme() {
        return chain().filter(acme()::issued).isPresent();
    }

    private Entry save(Map<String, List<String>> wanted) {
        Plan plan = changes.plan(List.of(new Step.Alter(server.place(), wanted)), List.of(server));
        return changes.apply(plan).getOrDefault(server.place(), server);
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
            throw new NotUsable("The request kept for " + server.name() + " cannot be read. Create a new one.", broken);
        }
    }

    private Draft draft() {
        return Draft.of(changes.directory(), server, Kind.catalogue().panel(ServerSecurity.class));
    }

    private static Map<String, List<String>> waiting(List<String> request, List<String> key) {
        return Map.of(REQUEST, request, PENDING_KEY, key);
    }

    private Seal seal() {
        Directory directory = changes.directory();
        return new Seal(directory
                .read(directory.internetServices())
                .flatMap(services -> services.value("posthouseSystemSecret"))
                .orElseThrow(() -> new NotUsable("The messaging system has no system secret to seal the private key "
                        + "with. It is missing in Internet Services.")));
    }

    private static List<String> given(List<String> names) {
        return names.stream().filter(name -> !name.isBlank()).toList();
    }
}
