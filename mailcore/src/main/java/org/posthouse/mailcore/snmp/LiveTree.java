package org.posthouse.mailcore.snmp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snmp4j.agent.DefaultMOScope;
import org.snmp4j.agent.MOScope;
import org.snmp4j.agent.mo.GenericManagedObject;
import org.snmp4j.agent.request.SubRequest;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

/** All that can be read, as one managed object. A walk sees the figures of one moment for a quarter of a second each. */
final class LiveTree implements GenericManagedObject {

    private static final Duration MOMENT = Duration.ofMillis(250);
    private static final OID FIRST = new OID("1.3.6.1");
    private static final OID BEHIND = new OID("1.3.6.2");

    private final Supplier<NavigableMap<OID, Variable>> source;
    private final Clock clock;
    private NavigableMap<OID, Variable> cells = new TreeMap<>();
    private Instant read = Instant.MIN;

    LiveTree(Supplier<NavigableMap<OID, Variable>> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    private synchronized NavigableMap<OID, Variable> cells() {
        Instant now = clock.instant();
        if (read.equals(Instant.MIN) || now.isBefore(read) || read.plus(MOMENT).isBefore(now)) {
            cells = source.get();
            read = now;
        }
        return cells;
    }

    @Override
    public MOScope getScope() {
        return new DefaultMOScope(FIRST, true, BEHIND, false);
    }

    // The library's contract: null means that nothing follows.
    @Override
    @SuppressWarnings("NullAway")
    public @Nullable OID find(MOScope range) {
        NavigableMap<OID, Variable> now = cells();
        OID from = range.getLowerBound();
        return range.isLowerIncluded() ? now.ceilingKey(from) : now.higherKey(from);
    }

    @Override
    public void get(SubRequest<?> request) {
        Variable value = cells().get(request.getVariableBinding().getOid());
        request.getVariableBinding().setVariable(Objects.requireNonNullElse(value, Null.noSuchInstance));
        request.completed();
    }

    // The form with a filter comes down to this one; nothing here is filtered.
    @Override
    @SuppressWarnings("deprecation")
    public boolean next(SubRequest<?> request) {
        OID next = find(request.getScope());
        Variable value = next == null ? null : cells().get(next);
        if (next == null || value == null) {
            return false;
        }
        request.getVariableBinding().setOid(next);
        request.getVariableBinding().setVariable(value);
        request.completed();
        return true;
    }

    @Override
    public void prepare(SubRequest<?> request) {
        request.setErrorStatus(SnmpConstants.SNMP_ERROR_NOT_WRITEABLE);
    }

    @Override
    public void commit(SubRequest<?> request) {
        request.setErrorStatus(SnmpConstants.SNMP_ERROR_COMMIT_FAILED);
    }

    @Override
    public void undo(SubRequest<?> request) {
        request.setErrorStatus(SnmpConstants.SNMP_ERROR_UNDO_FAILED);
    }

    @Override
    public void cleanup(SubRequest<?> request) {
        // Nothing was prepared.
    }
}
