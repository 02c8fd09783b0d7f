package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.posthouse.webadmin.words.Look;

/** The switches for theme and language; both come back to the page they were used on. */
@Named
@RequestScoped
public class LookPage {

    @Inject
    private Look look;

    /** Chooses "light", "dark" or "system". */
    public void theme(String chosen) throws IOException {
        look.theme(chosen);
        again();
    }

    /** Chooses a language. */
    public void language(String chosen) throws IOException {
        look.language(chosen);
        again();
    }

    // The Referer of a same-origin request names the page with its query, which the post-back's own address lacks.
    private static void again() throws IOException {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        HttpServletRequest request = (HttpServletRequest) external.getRequest();
        external.redirect(back(request.getHeader("Referer"), request.getContextPath() + "/"));
    }

    static String back(@org.jspecify.annotations.Nullable String referer, String home) {
        try {
            URI from = referer == null ? URI.create(home) : URI.create(referer);
            String query = from.getRawQuery() == null ? "" : "?" + from.getRawQuery();
            String path = from.getRawPath() == null || !from.getRawPath().startsWith("/") ? home : from.getRawPath();
            return path.startsWith("//") ? home : path + query;
        } catch (IllegalArgumentException malformed) {
            return home;
        }
    }
}
