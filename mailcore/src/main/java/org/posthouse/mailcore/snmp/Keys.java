package org.posthouse.mailcore.snmp;

import java.util.Optional;
import org.posthouse.schema.panel.ServerSnmp;
import org.snmp4j.smi.OctetString;

/**
 * Who may ask: by version 3 one user with two passwords, by version 2c whoever knows the community.
 *
 * @param user the user of version 3 with authentication and privacy password; empty when it is off
 * @param community the community of version 2c; empty when it is off
 */
record Keys(Optional<User> user, Optional<String> community) {

    /** The user of version 3. */
    record User(String name, String authentication, String privacy) {

        OctetString securityName() {
            return new OctetString(name);
        }
    }

    static Keys of(ServerSnmp page) {
        Optional<User> user = page.snmpV3() && page.snmpAuthPassword().isPresent()
                ? page.snmpPrivPassword()
                        .map(privacy -> new User(
                                page.snmpUser(), page.snmpAuthPassword().get().text(), privacy.text()))
                : Optional.empty();
        return new Keys(user, page.snmpCommunity().map(word -> word.text()).filter(word -> page.snmpV2c()));
    }

    boolean isCommunity(OctetString said) {
        return community.filter(word -> new OctetString(word).equals(said)).isPresent();
    }
}
