package org.posthouse.webadmin.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.login.Installed;

/** Whoever made this request, once {@link Gate} knows, and the directory in whose name it is changed. */
@RequestScoped
public class Caller {

    /** What the command line calls itself (RFC 9110 10.1.5). */
    static final String COMMAND_LINE = "Posthouse-CLI";

    @Inject
    private Installed installed;

    private @Nullable Place who;
    private String address = "";
    private Author.By by = Author.By.API;

    void asks(HttpServletRequest request) {
        address = Objects.requireNonNullElse(request.getRemoteAddr(), "");
        boolean commandLine = Optional.ofNullable(request.getHeader("User-Agent"))
                .filter(agent -> agent.startsWith(COMMAND_LINE))
                .isPresent();
        by = commandLine ? Author.By.CLI : Author.By.API;
    }

    void is(Place user) {
        who = user;
    }

    String address() {
        return address;
    }

    /** The distinguished name; empty where nobody had to sign in. */
    String name() {
        Place known = who;
        return known == null ? "" : known.toString();
    }

    /** The directory; what is changed through it is written down as the caller's doing. */
    Directory directory() {
        return directory("");
    }

    /** The same, with what was said beforehand of the change. */
    Directory directory(String plan) {
        return installed.directoryFor(new Author(name(), address, by, plan));
    }
}
