package org.posthouse.webadmin.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.util.List;

/** The pages that are about the whole system and not about one object; the menu and the palette show them all. */
@Named
@ApplicationScoped
public class Menu {

    /**
     * Such a page.
     *
     * @param name its name in the bundles, after "menu."
     * @param path its address
     * @param icon its drawing
     */
    public record SystemPage(String name, String path, String icon) {}

    private static final List<SystemPage> PAGES = List.of(
            new SystemPage("home", "/", "home"),
            new SystemPage("running", "/running", "pulse"),
            new SystemPage("history", "/history", "calendar"));

    /** All of them, in the order of the menu. */
    public List<SystemPage> getPages() {
        return PAGES;
    }

    /** Whether this is the page shown. */
    public boolean isCurrent(SystemPage page) {
        String view =
                FacesContext.getCurrentInstance().getViewRoot().getViewId().replaceFirst("\\.xhtml$", "");
        return view.equals(page.path()) || (page.path().equals("/") && view.equals("/index"));
    }
}
