package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.util.ssl.AggregateTrustManager;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.util.Objects;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.X509TrustManager;

/**
 * How a server is reached: address, time limits, and for {@code ldaps} whom to trust.
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
        Optional<SocketFactory> tls =
                url.getScheme().equals("ldaps") ? Optional.of(sockets(address)) : Optional.empty();
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

    private static ServerSet set(LDAPURL url, Optional<SocketFactory> tls, LDAPConnectionOptions options) {
        return new SingleServerSet(
                Objects.requireNonNullElse(url.getHost(), "localhost"),
                url.getPort(),
                tls.orElseGet(SocketFactory::getDefault),
                options);
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

    private static SocketFactory sockets(DirectoryAddress address) throws LDAPException {
        if (address.pin().isPresent()) {
            return address.pin().get().context().getSocketFactory();
        }
        try {
            return new SSLUtil(trusted(address)).createSSLSocketFactory();
        } catch (GeneralSecurityException broken) {
            throw new LDAPException(
                    ResultCode.CONNECT_ERROR,
                    "the trusted certificates cannot be read: " + broken.getMessage(),
                    broken);
        }
    }

    private static X509TrustManager trusted(DirectoryAddress address) throws KeyStoreException {
        X509TrustManager system = JVMDefaultTrustManager.getInstance();
        return address.trust().isEmpty()
                ? system
                : new AggregateTrustManager(
                        false,
                        system,
                        new PEMFileTrustManager(address.trust().get().toFile()));
    }
}
