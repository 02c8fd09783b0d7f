package org.posthouse.mailcore.snmp;

import org.jspecify.annotations.Nullable;
import org.snmp4j.agent.mo.snmp.CoexistenceInfo;
import org.snmp4j.agent.mo.snmp.CoexistenceInfoProvider;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/** Lets the user of version 3 read, signed and encrypted, and whoever knows the community; nobody writes. */
final class Gatekeeper implements VACM, CoexistenceInfoProvider {

    private static final OctetString EVERYTHING = new OctetString("all");

    private final Keys keys;
    private final OctetString engine;
    private final Runnable refused;

    /** Tells of a wrong community by {@code refused}. */
    Gatekeeper(Keys keys, OctetString engine, Runnable refused) {
        this.keys = keys;
        this.engine = engine;
        this.refused = refused;
    }

    @Override
    public int isAccessAllowed(OctetString context, OctetString name, int model, int level, int view, OID oid) {
        return isReader(name, model, level) && view == VIEW_READ ? VACM_OK : VACM_NO_ACCESS_ENTRY;
    }

    @Override
    public int isAccessAllowed(@Nullable OctetString view, OID oid) {
        return EVERYTHING.equals(view) ? VACM_OK : VACM_NOT_IN_VIEW;
    }

    // The library's contract: null means that there is no view for this one.
    @Override
    @SuppressWarnings("NullAway")
    public @Nullable OctetString getViewName(OctetString context, OctetString name, int model, int level, int view) {
        return isReader(name, model, level) && view == VIEW_READ ? EVERYTHING : null;
    }

    private boolean isReader(OctetString name, int model, int level) {
        if (model == SecurityModel.SECURITY_MODEL_USM) {
            return level == SecurityLevel.AUTH_PRIV
                    && keys.user()
                            .filter(user -> user.securityName().equals(name))
                            .isPresent();
        }
        return model == SecurityModel.SECURITY_MODEL_SNMPv2c && keys.isCommunity(name);
    }

    // As above: null is a community that is not known, and then nothing is answered (RFC 3584 5.2.1).
    @Override
    @SuppressWarnings("NullAway")
    public CoexistenceInfo @Nullable [] getCoexistenceInfo(OctetString community) {
        if (keys.isCommunity(community)) {
            return new CoexistenceInfo[] {new CoexistenceInfo(community, engine, new OctetString())};
        }
        refused.run();
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public @Nullable OctetString getCommunity(OctetString name, OctetString contextEngine, OctetString context) {
        return keys.isCommunity(name) ? name : null;
    }

    @Override
    public boolean passesFilter(Address address, CoexistenceInfo info) {
        return true;
    }
}
