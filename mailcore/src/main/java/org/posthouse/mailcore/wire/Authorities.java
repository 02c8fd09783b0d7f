package org.posthouse.mailcore.wire;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificate authorities that are trusted, and what they would say of a chain that a host has shown (RFC 5280 6): for
 * hosts whose certificate is looked at after the hand-shake.
 */
public final class Authorities {

    private static final String ANY_LABEL = "*.";

    private final Supplier<X509TrustManager> manager;

    /** Read when first asked: it takes longer than an engine wants to wait at its start. */
    private static final class Java {
        static final X509TrustManager MANAGER = manager(null);
    }

    private Authorities(Supplier<X509TrustManager> manager) {
        this.manager = manager;
    }

    /** Those that Java trusts. */
    public static Authorities ofJava() {
        return new Authorities(() -> Java.MANAGER);
    }

    /** These alone; none at all trusts nobody. */
    public static Authorities of(Collection<X509Certificate> trusted) {
        try {
            X509TrustManager manager = manager(store(trusted));
            return new Authorities(() -> manager);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore store) {
        try {
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java version does not support PKIX", impossible);
        }
    }

    /** The same as a key store. */
    static KeyStore store(Collection<X509Certificate> trusted) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (X509Certificate each : trusted) {
            store.setCertificateEntry("authority-" + number++, each);
        }
        return store;
    }

    /** Why a chain, the host's own certificate first, is not vouched for today; empty when it is. Names are not looked at. */
    public Optional<String> objection(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return Optional.of("it presents no certificate");
        }
        try {
            manager.get().checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
            return Optional.empty();
        } catch (CertificateException refused) {
            return Optional.of("its certificate is not trusted (" + cause(refused) + ")");
        }
    }

    private static String cause(Throwable refused) {
        Throwable cause = refused;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Why a certificate is not of any of these names; empty when it is of one (RFC 9525 6). */
    public static Optional<String> strangerTo(X509Certificate own, Collection<String> names) {
        return objection(hosts(own), names);
    }

    /** The same, where a common name will do for a certificate that has no host names of the modern kind. */
    public static Optional<String> strangerToEvenByCommonName(X509Certificate own, Collection<String> names) {
        List<String> hosts = hosts(own);
        return objection(hosts.isEmpty() ? commonNames(own) : hosts, names);
    }

    private static Optional<String> objection(List<String> hosts, Collection<String> names) {
        boolean known = names.stream().anyMatch(name -> hosts.stream().anyMatch(host -> covers(host, name)));
        return known
                ? Optional.empty()
                : Optional.of("its certificate is "
                        + (hosts.isEmpty()
                                ? "of no host"
                                : "of " + String.join(", ", hosts.subList(0, Math.min(3, hosts.size()))))
                        + ", not of " + String.join(" or ", names));
    }

    private static List<String> hosts(X509Certificate own) {
        try {
            var alternatives = own.getSubjectAlternativeNames();
            return alternatives == null
                    ? List.of()
                    : alternatives.stream()
                            .filter(name -> Integer.valueOf(2).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
    }

    private static List<String> commonNames(X509Certificate own) {
        var names = new ArrayList<String>();
        try {
            new LdapName(own.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .forEach(part -> names.add(String.valueOf(part.getValue())));
        } catch (InvalidNameException malformed) {
            // Then it names nobody.
        }
        return names;
    }

    /**
     * Whether a pattern is of a host: the same name, or {@code *.} before all of it but its first label, which must be one
     * label (RFC 9525 6.3, RFC 8461 4.1).
     */
    public static boolean covers(String pattern, String host) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        String name = host.toLowerCase(Locale.ROOT);
        if (!wanted.startsWith(ANY_LABEL)) {
            return wanted.equals(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && wanted.substring(1).equals(name.substring(dot));
    }
}
