package org.posthouse.schema.certificate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.posthouse.schema.value.CertificateChain;

/**
 * What an administrator uploads: certificates and perhaps a private key, as PEM (RFC 7468, and what OpenSSL writes) or
 * PKCS#12 (RFC 7292), in any order.
 */
public final class Upload {

    private static final int LARGEST = 1 << 20;
    private static final String BEGIN = "-----BEGIN ";

    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<PrivateKey> keys = new ArrayList<>();

    private Upload() {}

    /**
     * Reads a file's content; the password is for what is encrypted, "" for none. Throws {@link NotUsable} with the
     * reason.
     */
    public static Upload read(byte[] content, String password) {
        if (content.length == 0) {
            throw new NotUsable("The file is empty.");
        }
        if (content.length > LARGEST) {
            throw new NotUsable("The file is larger than 1 MB. That is too large for a certificate.");
        }
        var upload = new Upload();
        String text = new String(content, ISO_8859_1);
        if (text.contains(BEGIN)) {
            upload.takePem(fromFirstLine(text), password);
        } else {
            refuseWideText(content);
            upload.takePkcs12(content, password);
        }
        return upload;
    }

    // RFC 7468 2: text before the first BEGIN line is ignored. The parser looks for BEGIN at the start of a line only,
    // which a byte order mark or indentation hides.
    private static String fromFirstLine(String text) {
        return text.replaceAll("(?m)^[^\\n]*?(?=" + BEGIN + ")", "").replaceAll("(?m)^[ \\t]+(?=-----END )", "");
    }

    // A Windows editor may save text as UTF-16, which no reader of PEM takes.
    private static void refuseWideText(byte[] content) {
        for (Charset wide : List.of(UTF_16LE, UTF_16BE)) {
            if (new String(content, wide).contains(BEGIN)) {
                throw new NotUsable("The file is PEM text in the encoding UTF-16 (\"Unicode\"). Save it as UTF-8 or "
                        + "ANSI (ASCII), and try again.");
            }
        }
    }

    /** Another file beside this one, such as the key that belongs to a certificate. */
    public Upload with(Upload other) {
        certificates.addAll(other.certificates);
        keys.addAll(other.keys);
        return this;
    }

    /** Whether a private key is in it. */
    public boolean hasKey() {
        return !keys.isEmpty();
    }

    /** Certificate and key, chain in order. Throws {@link NotUsable} when one lacks or they do not belong together. */
    public Certified certified() {
        if (keys.isEmpty()) {
            throw new NotUsable(
                    "There is no private key in the file. Upload it together with the certificate, or create "
                            + "a request here first and upload the answer.");
        }
        if (keys.size() > 1) {
            throw new NotUsable("There are " + keys.size() + " private keys in the file. Upload only one.");
        }
        return certified(keys.getFirst());
    }

    /** The certificate of a key that was here before, with its chain. Throws {@link NotUsable}. */
    public Certified certified(PrivateKey key) {
        if (certificates.isEmpty()) {
            throw new NotUsable("There is no certificate in the file.");
        }
        X509Certificate own = certificates.stream()
                .filter(each -> Certified.fit(each.getPublicKey(), key))
                .findFirst()
                .orElseThrow(() -> new NotUsable("The private key does not belong to the certificate of "
                        + certificates.getFirst().getSubjectX500Principal().getName() + "."));
        return new Certified(chain(own), key);
    }

    // Each is followed by the one that signed it; what vouches for nothing in the chain is left out.
    private CertificateChain chain(X509Certificate own) {
        var chain = new ArrayList<X509Certificate>(List.of(own));
        Optional<X509Certificate> next = signer(own, chain);
        while (next.isPresent()) {
            chain.add(next.get());
            next = signer(next.get(), chain);
        }
        return new CertificateChain(chain);
    }

    private Optional<X509Certificate> signer(X509Certificate signed, List<X509Certificate> known) {
        return certificates.stream()
                .filter(each -> !known.contains(each))
                .filter(each -> signed(signed, each.getPublicKey()))
                .findFirst();
    }

    private static boolean signed(X509Certificate certificate, PublicKey by) {
        try {
            certificate.verify(by);
            return true;
        } catch (GeneralSecurityException byAnother) {
            return false;
        }
    }

    private void takePem(String text, String password) {
        try (var parser = new PEMParser(new StringReader(text))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                take(part, password);
            }
        } catch (IOException | CertificateException | IllegalArgumentException malformed) {
            throw new NotUsable(
                    "The file looks like PEM but cannot be read: " + malformed.getMessage() + ".", malformed);
        }
        if (certificates.isEmpty() && keys.isEmpty()) {
            throw new NotUsable("There is neither a certificate nor a private key in the file.");
        }
    }

    private void take(Object part, String password) throws IOException, CertificateException {
        var keysOf = new JcaPEMKeyConverter();
        switch (part) {
            case X509CertificateHolder holder ->
                certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
            case PrivateKeyInfo plain -> keys.add(keysOf.getPrivateKey(plain));
            case PEMKeyPair pair -> keys.add(keysOf.getKeyPair(pair).getPrivate());
            case PEMEncryptedKeyPair pair -> keys.add(decrypted(pair, password));
            case PKCS8EncryptedPrivateKeyInfo key -> keys.add(decrypted(key, password));
            default -> {
                // Parameters of curves and the like stand beside keys that OpenSSL writes.
                return;
            }
        }
    }

    private static PrivateKey decrypted(PEMEncryptedKeyPair pair, String password) throws IOException {
        try {
            var decryptor = new JcePEMDecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(needed(password).toCharArray());
            return new JcaPEMKeyConverter()
                    .getKeyPair(pair.decryptKeyPair(decryptor))
                    .getPrivate();
        } catch (PEMException wrong) {
            throw new NotUsable("The password of the private key is wrong.", wrong);
        }
    }

    private static PrivateKey decrypted(PKCS8EncryptedPrivateKeyInfo key, String password) throws IOException {
        char[] secret = needed(password).toCharArray();
        var info = new EncryptedPrivateKeyInfo(key.getEncoded());
        // What the parameters call themselves is the whole scheme, such as PBEWithHmacSHA256AndAES_256.
        String scheme =
                info.getAlgName().startsWith("PBES2") || info.getAlgName().startsWith("1.2.840.113549.1.5.13")
                        ? info.getAlgParameters().toString()
                        : info.getAlgName();
        try {
            var cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(secret)),
                    info.getAlgParameters());
            return new JcaPEMKeyConverter()
                    .getPrivateKey(
                            PrivateKeyInfo.getInstance(info.getKeySpec(cipher).getEncoded()));
        } catch (InvalidKeySpecException | InvalidKeyException wrong) {
            throw new NotUsable("The password of the private key is wrong.", wrong);
        } catch (GeneralSecurityException unknown) {
            throw new NotUsable("The private key is encrypted with an unsupported method: " + scheme + ".", unknown);
        }
    }

    private static String needed(String password) {
        if (password.isEmpty()) {
            throw new NotUsable("The private key is encrypted. Enter its password.");
        }
        return password;
    }

    private void takePkcs12(byte[] content, String password) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.getKey(alias, password.toCharArray());
                if (key instanceof PrivateKey secret) {
                    keys.add(secret);
                }
                take(store.getCertificateChain(alias));
                take(new Certificate[] {store.getCertificate(alias)});
            }
        } catch (IOException unreadable) {
            throw new NotUsable(
                    unreadable.getCause() instanceof GeneralSecurityException
                            ? "The password of the PKCS#12 file is wrong."
                            : "The file is neither PEM nor PKCS#12.",
                    unreadable);
        } catch (GeneralSecurityException unusable) {
            throw new NotUsable("The PKCS#12 file cannot be read: " + unusable.getMessage() + ".", unusable);
        }
    }

    private void take(Certificate @org.jspecify.annotations.Nullable [] chain) {
        for (Certificate each : chain == null ? new Certificate[0] : chain) {
            if (each instanceof X509Certificate certificate && !certificates.contains(certificate)) {
                certificates.add(certificate);
            }
        }
    }
}
