package org.posthouse.mailcore.snmp;

import org.snmp4j.event.AuthenticationFailureEvent;
import org.snmp4j.event.AuthenticationFailureListener;
import org.snmp4j.smi.Address;

/** Hears of version 3 messages that were not signed with the right passwords. */
record Alarm(Runnable refused) implements AuthenticationFailureListener {

    @Override
    public <A extends Address> void authenticationFailure(AuthenticationFailureEvent<A> event) {
        refused.run();
    }
}
