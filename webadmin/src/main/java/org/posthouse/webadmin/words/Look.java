package org.posthouse.webadmin.words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How the console looks for this visitor: light, dark or as the system does, and in which language. */
@Named
@RequestScoped
public class Look {

    private static final List<String> THEMES = List.of("system", "light", "dark");
    private static final List<String> LANGUAGES = List.of("en", "de");
    private static final int MOST_AWAY = 100;
    private static final int YEAR = 365 * 24 * 3600;

    /** "system", "light" or "dark". */
    public String getTheme() {
        return cookie("posthouse-theme").filter(THEMES::contains).orElse("system");
    }

    /** The media query under which the dark colours hold. */
    public String getDarkMedia() {
        return switch (getTheme()) {
            case "dark" -> "all";
            case "light" -> "not all";
            default -> "(prefers-color-scheme: dark)";
        };
    }

    /** "en" or "de": chosen, else what the browser likes best, else English. */
    public String getLanguage() {
        return cookie("posthouse-language").filter(LANGUAGES::contains).orElseGet(Look::liked);
    }

    /** The language as a locale. */
    public Locale locale() {
        return Locale.forLanguageTag(getLanguage());
    }

    /** Keeps a theme. */
    public void theme(String chosen) {
        keep("posthouse-theme", THEMES.contains(chosen) ? chosen : "system");
    }

    /** Keeps a language. */
    public void language(String chosen) {
        keep("posthouse-language", LANGUAGES.contains(chosen) ? chosen : "en");
    }

    /** The steps of "Getting started" that were put away in this browser. */
    public List<String> getPutAway() {
        return cookie("posthouse-away").map(text -> List.of(text.split("\\."))).orElse(List.of());
    }

    /** Puts a step away; the last hundred are remembered. */
    public void putAway(String step) {
        List<String> all = Stream.concat(Stream.of(step), getPutAway().stream())
                .filter(one -> one.matches("[0-9a-f]{1,16}"))
                .distinct()
                .limit(MOST_AWAY)
                .toList();
        keep("posthouse-away", String.join(".", all));
    }

    private static String liked() {
        Locale first = FacesContext.getCurrentInstance().getExternalContext().getRequestLocale();
        return first != null && LANGUAGES.contains(first.getLanguage()) ? first.getLanguage() : "en";
    }

    private static Optional<String> cookie(String name) {
        Map<String, Object> cookies =
                FacesContext.getCurrentInstance().getExternalContext().getRequestCookieMap();
        return cookies.get(name) instanceof Cookie cookie ? Optional.of(cookie.getValue()) : Optional.empty();
    }

    private static void keep(String name, String value) {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        external.addResponseCookie(
                name, value, Map.of("path", "/", "maxAge", YEAR, "httpOnly", true, "secure", external.isSecure()));
    }
}
