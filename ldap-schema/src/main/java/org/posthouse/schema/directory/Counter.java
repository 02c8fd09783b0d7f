package org.posthouse.schema.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.PostReadRequestControl;
import com.unboundid.ldap.sdk.controls.PostReadResponseControl;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.value.Place;

/**
 * Hands out the numbers of changes, each once, from the version on Internet Services; NetMail's ConfigVersion.
 *
 * <p>A number may be written later than a greater one: followers that poll have to reckon with it.
 */
final class Counter {

    private final Server server;
    private final Place holder;

    Counter(Server server, Place holder) {
        this.server = server;
        this.holder = holder;
    }

    /** The number handed out last; 0 before the first. */
    long last() {
        return server.entry(holder, Shape.VERSION).map(Counter::number).orElse(0L);
    }

    private static long number(com.unboundid.ldap.sdk.Entry found) {
        Long number = found.getAttributeValueAsLong(Shape.VERSION);
        return number == null ? 0 : number;
    }

    /** The next number. Throws Missing when Internet Services is not there yet. */
    long next() {
        try {
            OptionalLong next = server.abilities().increment() ? increment() : OptionalLong.empty();
            while (next.isEmpty()) {
                next = exchange();
            }
            return next.getAsLong();
        } catch (LDAPException failure) {
            if (failure.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                throw new Missing(holder);
            }
            throw server.reason(failure);
        }
    }

    // RFC 4525 with RFC 4527: one round trip, atomic at the server. Empty when there is nothing to increment yet.
    private OptionalLong increment() throws LDAPException {
        var request =
                new ModifyRequest(holder.toString(), new Modification(ModificationType.INCREMENT, Shape.VERSION, "1"));
        request.addControl(new PostReadRequestControl(Shape.VERSION));
        try {
            LDAPResult result = server.pool().modify(request);
            PostReadResponseControl after = PostReadResponseControl.get(result);
            return after == null ? OptionalLong.empty() : OptionalLong.of(number(after.getEntry()));
        } catch (LDAPException failure) {
            if (failure.getResultCode().equals(ResultCode.NO_SUCH_ATTRIBUTE)) {
                return OptionalLong.empty();
            }
            throw failure;
        }
    }

    private OptionalLong exchange() throws LDAPException {
        long last = current();
        return exchange(last, last + 1, List.of()) ? OptionalLong.of(last + 1) : OptionalLong.empty();
    }

    /** The number handed out last; 0 before the first. Throws Missing when Internet Services is not there. */
    long current() {
        return server.entry(holder, Shape.VERSION).map(Counter::number).orElseThrow(() -> new Missing(holder));
    }

    /**
     * Writes {@code next} in place of {@code last}, together with {@code more} changes of Internet Services. Takes the old
     * number away in the same step: false, with nothing written, when another writer handed out a number in the meantime.
     */
    boolean exchange(long last, long next, List<Modification> more) throws LDAPException {
        var changes = new ArrayList<Modification>();
        if (last > 0) {
            changes.add(new Modification(ModificationType.DELETE, Shape.VERSION, Long.toString(last)));
        }
        changes.add(new Modification(ModificationType.ADD, Shape.VERSION, Long.toString(next)));
        changes.addAll(more);
        try {
            server.pool().modify(new ModifyRequest(holder.toString(), changes));
            return true;
        } catch (LDAPException failure) {
            if (isTaken(failure, last)) {
                return false;
            }
            throw failure;
        }
    }

    // 389 Directory Server says that it has no such object when many change it at once: reading again tells.
    private static boolean isTaken(LDAPException failure, long last) {
        ResultCode code = failure.getResultCode();
        return code.equals(ResultCode.NO_SUCH_ATTRIBUTE)
                || code.equals(ResultCode.NO_SUCH_OBJECT)
                || code.equals(ResultCode.ATTRIBUTE_OR_VALUE_EXISTS)
                || (last == 0 && code.equals(ResultCode.CONSTRAINT_VIOLATION));
    }
}
