package org.posthouse.webadmin.console;

import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.listener.OwnServer;

/**
 * What cannot be deleted because that would lock the administrator out. A deletion cannot be taken back, for the
 * directory gives no password out; so it is refused instead of confirmed.
 */
public final class Undeletable {

    private Undeletable() {}

    /** Why a place cannot be deleted by somebody, as a sentence; empty when it can. */
    public static Optional<String> reason(Directory directory, Place place, String by) {
        if (isWithin(by, place)) {
            return Optional.of("You are signed in as " + Place.of(by).leaf()
                    + ", who would be deleted with it. Have another administrator do it.");
        }
        if (isWithin(directory.account(), place)) {
            return Optional.of(
                    "This console uses the directory as " + directory.account() + ", which would be deleted with it.");
        }
        if (OwnServer.place(directory).isWithin(place)) {
            return Optional.of("This console is " + OwnServer.place(directory).leaf()
                    + "; its object cannot be deleted while it runs.");
        }
        return Optional.empty();
    }

    private static boolean isWithin(String account, Place place) {
        try {
            return Place.of(account).isWithin(place);
        } catch (IllegalArgumentException notInTheTree) {
            return false;
        }
    }
}
