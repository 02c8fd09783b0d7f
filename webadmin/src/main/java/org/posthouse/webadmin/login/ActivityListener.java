package org.posthouse.webadmin.login;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;

/** Counts what a visitor does on a page as activity, and what the page asks by itself not. */
public final class ActivityListener implements PhaseListener {

    private static final long serialVersionUID = 1L;

    /** For Faces. */
    public ActivityListener() {}

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.RESTORE_VIEW;
    }

    @Override
    public void afterPhase(PhaseEvent event) {
        if (!Polls.isPoll(event.getFacesContext())) {
            CDI.current().select(Visitor.class).get().act();
        }
    }
}
