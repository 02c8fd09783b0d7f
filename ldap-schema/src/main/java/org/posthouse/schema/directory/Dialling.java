package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.AggregateTrustManager;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Objects;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * How a server is reached: address, time limits, and for TLS whom to trust.
 *
 * @param servers connections whose answers have a time limit
 * @param patient connections that wait for answers without limit, for following changes
 * @param probing connections that give up soon, to find out whether the server responds
 */
record Dialling(ServerSet servers, ServerSet patient, ServerSet probing) {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 15_000;
    private static final int PROBE_MILLIS = 3_000;

    static Dialling to(DirectoryAddress address) throws LDAPException {
        var url = new LDAPURL(address.url());
        boolean ldaps = url.getScheme().equals("ldaps");
        Optional<SSLContext> tls = ldaps || address.startTls() ? Optional.of(context(address)) : Optional.empty();
        // A key that is known tells more than a name.
        boolean named = tls.isPresent() && address.pin().isEmpty();
        LDAPConnectionOptions brief = options(PROBE_MILLIS, named);
        brief.setConnectTimeoutMillis(PROBE_MILLIS);
        return new Dialling(
                set(url, tls, options(ANSWER_MILLIS, named)), set(url, tls, options(0, named)), set(url, tls, brief));
    }

    /** Asks for the root DSE on a new connection. Throws LDAPException when there is none, or no answer soon. */
    void probe() throws LDAPException {
        try (LDAPConnection connection = probing.getConnection()) {
            connection.getRootDSE();
        }
    }

    private static ServerSet set(LDAPURL url, Optional<SSLContext> tls, LDAPConnectionOptions options) {
        boolean ldaps = url.getScheme().equals("ldaps");
        return new SingleServerSet(
                Objects.requireNonNullElse(url.getHost(), "localhost"),
                url.getPort(),
                tls.filter(context -> ldaps)
                        .<SocketFactory>map(SSLContext::getSocketFactory)
                        .orElseGet(SocketFactory::getDefault),
                options,
                null,
                tls.filter(context -> !ldaps)
                        .map(StartTLSPostConnectProcessor::new)
                        .orElse(null));
    }

    private static LDAPConnectionOptions options(int answerMillis, boolean named) {
        var options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(CONNECT_MILLIS);
        options.setResponseTimeoutMillis(answerMillis);
        options.setAbandonOnTimeout(true);
        options.setUseKeepAlive(true);
        options.setFollowReferrals(false);
        // Without a limit on answers a connection serves following, which needs a reader beside the requests.
        options.setUseSynchronousMode(answerMillis > 0);
        if (named) {
            options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        }
        return options;
    }

    private static SSLContext context(DirectoryAddress address) throws LDAPException {
        if (address.pin().isPresent()) {
            return address.pin().get().context();
        }
        try {
            return new SSLUtil(new ExplainedTrust(trusted(address))).createSSLContext();
        } catch (GeneralSecurityException broken) {
            String where = address.trust().map(Path::toString).orElse("the system");
            throw new LDAPException(
                    ResultCode.PARAM_ERROR,
                    "the certificates in " + where + " cannot be read: " + broken.getMessage(),
                    broken);
        }
    }

    private static X509TrustManager trusted(DirectoryAddress address) throws GeneralSecurityException {
        X509TrustManager system = JVMDefaultTrustManager.getInstance();
        return address.trust().isEmpty()
                ? system
                : new AggregateTrustManager(
                        false, system, authorities(address.trust().get()));
    }

    // The JDK's reader passes over what tools write around certificates; the SDK's takes it for damage.
    private static X509TrustManager authorities(Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority" + store.size(), each);
            }
            if (store.size() == 0) {
                throw new CertificateException("there is none in it");
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            return (X509TrustManager) managers.getTrustManagers()[0];
        } catch (IOException unreadable) {
            throw new CertificateException(unreadable.getMessage(), unreadable);
        }
    }
}
