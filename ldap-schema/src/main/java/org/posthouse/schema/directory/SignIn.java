package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ErrorType;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10RequestControl;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ResponseControl;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.LoginName;
import org.posthouse.schema.value.OpaqueString;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets passwords, and checks them by a bind of the user on a connection of its own.
 *
 * <p>Whoever shows the result to a client sees to it that an unknown user and a wrong password cannot be told apart: see
 * {@link org.posthouse.schema.login.PasswordChecker}.
 */
final class SignIn {

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final Pattern FAST_HASH = Pattern.compile("\\{S?(SHA|MD5)", Pattern.CASE_INSENSITIVE);
    private static final Pattern STORED_FORM = Pattern.compile("\\{[^{}\\s]+\\}");

    private final Server server;
    private final Reader reader;

    SignIn(Server server, Reader reader) {
        this.server = server;
        this.reader = reader;
    }

    /**
     * Sets it, and signs in with it to see that it works; 0, because a password has no revision. Throws Refused when the
     * directory takes the password for something else, such as a stored form; then the user has no password that works.
     */
    long set(Place user, String password) {
        String prepared = prepared(password);
        try {
            write(user, prepared);
        } catch (LDAPException failure) {
            throw server.reason(failure);
        }
        if (!bindsAt(user, prepared)) {
            throw refused("was accepted by the directory, but does not work for signing in; set a different one");
        }
        return 0;
    }

    private static String prepared(String password) {
        // Directories read {SCHEME}... as a password that is hashed already (RFC 2307 5.3).
        if (STORED_FORM.matcher(password).lookingAt()) {
            throw refused("must not begin with a word in braces, which directories read as the name of a hash");
        }
        try {
            return OpaqueString.of(password);
        } catch (IllegalArgumentException unprepared) {
            throw refused(String.valueOf(unprepared.getMessage()));
        }
    }

    private static Refused refused(String reason) {
        return new Refused(List.of(new Problem("password", "", reason)));
    }

    private void write(Place user, String password) throws LDAPException {
        if (server.abilities().passwords()) {
            ExtendedResult result = server.pool()
                    .processExtendedOperation(new PasswordModifyExtendedRequest(user.toString(), null, password));
            if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
                throw new LDAPException(result);
            }
        } else {
            server.pool()
                    .modify(new ModifyRequest(
                            user.toString(), new Modification(ModificationType.REPLACE, "userPassword", password)));
        }
    }

    /** The only user whom a login name, a distinguished name or a mail address means. */
    Optional<Entry> user(String login) {
        if (login.isBlank()) {
            return Optional.empty();
        }
        return login.contains("=") ? named(login) : sought(login);
    }

    private Optional<Entry> named(String login) {
        try {
            var place = Place.of(login);
            return place.isWithin(server.address().root())
                    ? reader.read(place).filter(entry -> entry.kind() == Kind.USER)
                    : Optional.empty();
        } catch (IllegalArgumentException noName) {
            return sought(login);
        }
    }

    private Optional<Entry> sought(String login) {
        List<Filter> names = LoginName.spellings(login).stream()
                .flatMap(known -> Stream.of("cn", "mail").map(name -> Filter.createEqualityFilter(name, known)))
                .toList();
        Filter filter = Filter.createANDFilter(
                Filter.createEqualityFilter("objectClass", Kind.USER.objectClass()), Filter.createORFilter(names));
        Place root = server.address().root();
        List<Entry> found = server.some(root, SearchScope.SUB, filter, 10, Shape.WANTED).stream()
                .map(entry -> Shape.entry(entry, server))
                .filter(entry -> isNamed(entry, login))
                .toList();
        // Another user's mail address must not stand in the way of a name.
        List<Entry> exact = found.stream()
                .filter(entry -> LoginName.same(entry.name(), login))
                .toList();
        List<Entry> meant = exact.isEmpty() ? found : exact;
        return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
    }

    // Directories ignore more than case: soft hyphens, controls, and spaces around a name.
    private static boolean isNamed(Entry entry, String login) {
        return LoginName.same(entry.name(), login)
                || entry.values("mail").stream().anyMatch(address -> LoginName.same(address, login));
    }

    /** Whether the user can bind with this password. The server computes a hash, or two for one that is not prepared. */
    boolean isPassword(Place user, String password) {
        // RFC 4513 5.1.2: a bind with a name and no password succeeds as nobody.
        Optional<String> right = password.isEmpty()
                ? Optional.empty()
                : OpaqueString.forms(password).stream()
                        .filter(form -> bindsAt(user, form))
                        .findFirst();
        right.filter(form -> server.abilities().strongHashes() && isWeak(user)).ifPresent(form -> renew(user, form));
        return right.isPresent();
    }

    // OpenDJ would renew such hashes by itself, but then it computes every right password twice.
    private boolean isWeak(Place user) {
        return server.entry(user, "userPassword")
                .map(found -> found.getAttributeValue("userPassword"))
                .filter(stored -> FAST_HASH.matcher(stored).lookingAt())
                .isPresent();
    }

    private void renew(Place user, String password) {
        try {
            write(user, password);
        } catch (LDAPException refused) {
            LOG.debug("The hash of {} was not renewed: {}", user, refused.getMessage());
        }
    }

    private boolean bindsAt(Place user, String password) {
        try (LDAPConnection connection = server.dial()) {
            var bind = new SimpleBindRequest(
                    user.toString(), password, new DraftBeheraLDAPPasswordPolicy10RequestControl());
            server.pool().send(() -> connection.bind(bind));
            return true;
        } catch (LDAPException failure) {
            locked(failure);
            if (failure.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)
                    || failure.getResultCode().equals(ResultCode.INAPPROPRIATE_AUTHENTICATION)) {
                return false;
            }
            throw server.reason(failure);
        }
    }

    private static void locked(LDAPException failure) {
        Optional<DraftBeheraLDAPPasswordPolicy10ErrorType> error;
        try {
            error = Optional.ofNullable(DraftBeheraLDAPPasswordPolicy10ResponseControl.get(new BindResult(failure)))
                    .map(DraftBeheraLDAPPasswordPolicy10ResponseControl::getErrorType);
        } catch (LDAPException malformed) {
            error = Optional.empty();
        }
        error.ifPresent(type -> {
            switch (type) {
                case ACCOUNT_LOCKED -> throw new NotAllowed("This account is locked. Try again later.");
                case PASSWORD_EXPIRED -> throw new NotAllowed("This password has expired.");
                default -> {}
            }
        });
    }
}
