package org.posthouse.webadmin.form;

import java.util.List;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.panel.ServerLicense;

/** What this console alone can say of a page that is to be saved, beyond its own rules and those of the tree. */
public final class PageCheck {

    private PageCheck() {}

    /** What is wrong with a page of which something changes; empty when nothing is. */
    public static List<Problem> problems(Record page) {
        return page instanceof ServerLicense licence ? LicenceCheck.problems(licence) : List.of();
    }
}
