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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * Sets passwords, and checks them by a bind of the user on a connection of its own.
 *
 * <p>An unknown user, an ambiguous name, an empty and a wrong password get the same answer after the same time, so that
 * names cannot be found out.
 */
final class SignIn {

    private static final Duration REFUSAL = Duration.ofMillis(300);

    private final Server server;
    private final Reader reader;

    SignIn(Server server, Reader reader) {
        this.server = server;
        this.reader = reader;
    }

    /** Sets it; 0, because a password has no revision. */
    long set(Place user, String password) {
        try {
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
            return 0;
        } catch (LDAPException failure) {
            throw server.reason(failure);
        }
    }

    Optional<Entry> signIn(String login, String password) {
        long asked = System.nanoTime();
        // RFC 4513 5.1.2: a bind with a name and no password succeeds as nobody.
        Optional<Entry> user =
                password.isEmpty() ? Optional.empty() : user(login).filter(found -> binds(found, password));
        if (user.isEmpty()) {
            waitUntil(asked + REFUSAL.toNanos());
        }
        return user;
    }

    private static void waitUntil(long nanos) {
        long left = nanos - System.nanoTime();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = nanos - System.nanoTime();
        }
    }

    private Optional<Entry> user(String login) {
        if (login.isBlank()) {
            return Optional.empty();
        }
        return login.contains("=") ? named(login) : sought(login.strip());
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
        Filter filter = Filter.createANDFilter(
                Filter.createEqualityFilter("objectClass", Kind.USER.objectClass()),
                Filter.createORFilter(
                        Filter.createEqualityFilter("cn", login), Filter.createEqualityFilter("mail", login)));
        Place root = server.address().root();
        List<Entry> found = server.some(root, SearchScope.SUB, filter, 10, Shape.WANTED).stream()
                .map(entry -> Shape.entry(entry, root))
                .toList();
        // Another user's mail address must not stand in the way of a name.
        List<Entry> exact = found.stream()
                .filter(entry -> entry.name().equalsIgnoreCase(login))
                .toList();
        List<Entry> meant = exact.isEmpty() ? found : exact;
        return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
    }

    private boolean binds(Entry user, String password) {
        try (LDAPConnection connection = server.dial()) {
            connection.bind(new SimpleBindRequest(
                    user.place().toString(), password, new DraftBeheraLDAPPasswordPolicy10RequestControl()));
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
