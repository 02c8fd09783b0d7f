package org.posthouse.mailcore.store;

import java.time.Clock;
import org.posthouse.mailcore.logging.RepeatedFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The log of faults of message stores: each fault once a minute with a count, however many sessions run into it. */
public final class StoreFaults {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFaults.class);
    private static final RepeatedFault FAULTS = new RepeatedFault(LOG, Level.ERROR, Clock.systemUTC());

    private StoreFaults() {}

    /** Logs that something could not be done because of a fault of the store. */
    public static void note(String what, StoreFailure failure) {
        if (FAULTS.note(String.valueOf(failure.getMessage()), what + ": " + failure.getMessage())) {
            LOG.debug("The first of them", failure);
        }
    }

    /** A store works again: its faults are logged at once when they come back. */
    static void over(String beginning) {
        FAULTS.over(beginning);
    }
}
