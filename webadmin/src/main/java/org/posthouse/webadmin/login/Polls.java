package org.posthouse.webadmin.login;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import org.jspecify.annotations.Nullable;
import org.primefaces.component.poll.Poll;

/** Tells what a page asks by itself from what its visitor does. */
public final class Polls {

    private static final String SOURCE = "jakarta.faces.source";

    private Polls() {}

    /** Whether this request was sent by a poll of its page and not by the visitor. Needs the restored view. */
    public static boolean isPoll(FacesContext context) {
        String source = context.getExternalContext().getRequestParameterMap().get(SOURCE);
        if (source == null || context.getViewRoot() == null) {
            return false;
        }
        return find(context.getViewRoot(), source) instanceof Poll;
    }

    // A radio button reports the ID of its group and its own number, which isn't the ID of a component; and a request
    // can name anything.
    private static @Nullable UIComponent find(UIComponent view, String source) {
        try {
            return view.findComponent(source);
        } catch (IllegalArgumentException noComponent) {
            return null;
        }
    }
}
