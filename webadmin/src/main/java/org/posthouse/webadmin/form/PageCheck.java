package org.posthouse.webadmin.form;

import java.util.List;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.ServerLicense;
import org.posthouse.schema.panel.WebAdminConnection;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.listener.AddressCheck;

/** What this console alone can say of a page that is to be saved, beyond its own rules and those of the tree. */
public final class PageCheck {

    private PageCheck() {}

    /** What is wrong with a page of an object, of which something changes; empty when nothing is. */
    public static List<Problem> problems(Place object, Record page) {
        return switch (page) {
            case ServerLicense licence -> LicenceCheck.problems(licence);
            case WebAdminConnection connection -> AddressCheck.problems(object, connection);
            default -> List.of();
        };
    }
}
