package org.posthouse.webadmin.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.net.MalformedURLException;
import org.posthouse.schema.option.PanelFacts;

/**
 * Which file draws an option page: one of the page's own name where there is one, else the general one, which shows the
 * sections and options as their record declares them.
 */
@Named
@ApplicationScoped
public class Drawing {

    private static final String GENERAL = "/WEB-INF/parts/panel.xhtml";

    /** The file that draws this page. */
    public String of(PanelFacts<?> panel) {
        String own = "/WEB-INF/panels/" + panel.name() + ".xhtml";
        try {
            boolean there =
                    FacesContext.getCurrentInstance().getExternalContext().getResource(own) != null;
            return there ? own : GENERAL;
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
