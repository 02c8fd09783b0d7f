package org.posthouse.schema.licence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose licences are believed. One public key comes with Posthouse, that of the community licence; whoever runs a host
 * puts the keys of further issuers as PEM files into a folder of its home, where they count at once.
 *
 * <p>A licence is a text; its last line is the Ed25519 signature (RFC 8032) of all bytes before that line, in Base64.
 */
public final class Trust {

    /** The name of the folder in a home. */
    public static final String FOLDER = "licence-keys";

    private static final Logger LOG = LoggerFactory.getLogger(Trust.class);
    private static final String ALGORITHM = "Ed25519";
    private static final String SIGNATURE = "Signature: ";
    private static final String SHIPPED = "community";

    private final Supplier<List<PublicKey>> keys;

    private Trust(Supplier<List<PublicKey>> keys) {
        this.keys = keys;
    }

    /** The key that comes with Posthouse, and those in this folder, which is looked into each time; it may be absent. */
    public static Trust in(Path folder) {
        return new Trust(() -> {
            var all = new ArrayList<PublicKey>(List.of(Shipped.KEY));
            all.addAll(files(folder));
            return all;
        });
    }

    /** The licence that comes with Posthouse: every feature, for everybody, without end. */
    public static Licence community() {
        return Shipped.LICENCE;
    }

    // Read and proven once; it is asked for at every look at a server.
    private static final class Shipped {
        static final PublicKey KEY = key(resource(SHIPPED + ".pem"));
        static final Licence LICENCE =
                new Trust(() -> List.of(KEY)).check(resource(SHIPPED + ".licence"), LocalDate.MAX);
    }

    /** Reads a licence and believes it, or throws LicenceRefused with the exact reason. */
    public Licence check(String text, LocalDate today) {
        String whole = text.replace("\r\n", "\n").strip();
        int last = whole.lastIndexOf('\n') + 1;
        if (last == 0 || !whole.startsWith(SIGNATURE, last)) {
            throw new LicenceRefused("This is not a license: its last line is not a signature.");
        }
        String body = whole.substring(0, last);
        Licence licence = Licence.read(body);
        verify(licence, body, signature(whole.substring(last + SIGNATURE.length())));
        inTime(licence, today);
        return licence;
    }

    /** What a licence says, believed or not; throws LicenceRefused when it says nothing. */
    static Licence read(String text) {
        String whole = text.strip();
        return Licence.read(whole.substring(0, whole.lastIndexOf('\n') + 1));
    }

    // Base64 leaves bits unused at its end; only the one spelling counts, so that no bit of the file is free.
    private static byte[] signature(String text) {
        try {
            byte[] signature = Base64.getDecoder().decode(text.getBytes(US_ASCII));
            if (Base64.getEncoder().encodeToString(signature).equals(text)) {
                return signature;
            }
        } catch (IllegalArgumentException malformed) {
            LOG.debug("Not Base64", malformed);
        }
        throw new LicenceRefused("The signature of this license is damaged.");
    }

    private void verify(Licence licence, String body, byte[] signature) {
        PublicKey signer = keys.get().stream()
                .filter(key -> id(key).equals(licence.key()))
                .findFirst()
                .orElseThrow(() -> new LicenceRefused("This license is signed with the key " + licence.key()
                        + ", which is not trusted here. If you trust its issuer, put the issuer's public key as a PEM "
                        + "file into the folder " + FOLDER + " of the home."));
        try {
            var check = Signature.getInstance(ALGORITHM);
            check.initVerify(signer);
            check.update(body.getBytes(UTF_8));
            if (check.verify(signature)) {
                return;
            }
        } catch (GeneralSecurityException malformed) {
            LOG.debug("Not a signature", malformed);
        }
        throw new LicenceRefused(
                "The signature of this license is wrong: it was changed after it was signed, or signed with another key.");
    }

    private static void inTime(Licence licence, LocalDate today) {
        if (licence.issued().isAfter(today)) {
            throw new LicenceRefused("This license is not valid yet: it starts on " + licence.issued() + ".");
        }
        licence.expires().filter(today::isAfter).ifPresent(last -> {
            throw new LicenceRefused("This license expired: its last day was " + last + ".");
        });
    }

    /** The name of a key in licences: the first 16 digits of the SHA-256 of its X.509 form. */
    public static String id(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<PublicKey> files(Path folder) {
        var found = new ArrayList<PublicKey>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
            for (Path file : files) {
                try {
                    found.add(key(Files.readString(file)));
                } catch (IOException | IllegalArgumentException unreadable) {
                    LOG.warn("{} is not an Ed25519 public key in PEM and is ignored", file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException unreadable) {
            LOG.warn("The folder of trusted license keys cannot be read: {}", unreadable.toString());
        }
        return found;
    }

    private static PublicKey key(String pem) {
        String encoded = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(encoded)));
        } catch (GeneralSecurityException otherKind) {
            throw new IllegalArgumentException("is not an Ed25519 public key", otherKind);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Trust.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
