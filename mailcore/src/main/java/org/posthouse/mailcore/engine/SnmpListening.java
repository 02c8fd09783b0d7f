package org.posthouse.mailcore.engine;

import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.snmp.SnmpAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the SNMP side of a server listens, over a restart: where the settings say, else where it did before. */
record SnmpListening(SnmpAgent snmp, ListeningRecord record) {

    private static final Logger LOG = LoggerFactory.getLogger(SnmpListening.class);

    /** Listens as these settings say. Throws AgentRefused when it cannot; then it listens as before. */
    void adopt(Snapshot now) {
        try {
            snmp.adopt(now);
            record.keep(now);
        } catch (AgentRefused refused) {
            if (!snmp.isOpen()) {
                record.former(now).ifPresent(this::listenAsBefore);
            }
            throw refused;
        }
    }

    private void listenAsBefore(Snapshot former) {
        try {
            snmp.adopt(former);
        } catch (AgentRefused alsoRefused) {
            LOG.debug("SNMP of {} cannot continue as before", former.server().name(), alsoRefused);
        }
    }
}
