package org.posthouse.webadmin.form;

import java.util.List;

/**
 * A step of a wizard.
 *
 * @param name its name in bundles
 * @param asks what it asks
 */
public record Step(String name, List<Ask> asks) {

    /** A step that asks one thing and is called after it. */
    static Step of(Ask ask) {
        return new Step(ask.name(), List.of(ask));
    }
}
