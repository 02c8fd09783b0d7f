package org.posthouse.webadmin.login;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.schema.login.SignInDelayed;
import org.posthouse.schema.tree.Entry;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The login page: name, full distinguished name or mail address, and the password. */
@Named
@RequestScoped
public class LoginPage {

    private static final Logger LOG = LoggerFactory.getLogger(LoginPage.class);

    @Inject
    private Installed installed;

    @Inject
    private Visitor visitor;

    @Inject
    private SignInCheck signIns;

    @Inject
    private Words words;

    private String name = "";
    private String password = "";

    /** Signs in and goes on to the page asked for; otherwise says why not, the same for every reason that tells secrets. */
    public void signIn() throws IOException {
        HttpServletRequest request = (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
        String address = request.getRemoteAddr();
        try {
            Optional<Entry> known =
                    name.isBlank() || password.isEmpty() ? Optional.empty() : signIns.check(name, password, address);
            if (known.isEmpty()) {
                say(words.of("login.wrong"));
            } else if (!installed.directory().isAdministrator(known.get().place())) {
                LOG.warn(
                        "Login of {} from {}: not an administrator", known.get().place(), address);
                say(words.of("login.noAdministrator"));
            } else {
                enter(known.get(), request);
            }
        } catch (SignInDelayed delay) {
            Duration wait = Duration.ofSeconds(delay.seconds());
            say(words.of(delay.isGuessing() ? "login.wait" : "login.busy", minutes(wait)));
        } catch (DirectoryDown down) {
            say(words.of("login.down"));
        } catch (DirectoryException refused) {
            say(words.reason(String.valueOf(refused.getMessage())));
        }
    }

    private void enter(Entry administrator, HttpServletRequest request) throws IOException {
        var author = new Author(administrator.place().toString(), request.getRemoteAddr(), Author.By.PAGE);
        Directory own = installed.directoryAs(author, password);
        request.changeSessionId();
        visitor.enter(administrator, own, author);
        LOG.info("{} signed in from {}", administrator.place(), request.getRemoteAddr());
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        external.redirect(external.getRequestContextPath()
                + safe(external.getRequestParameterMap().get("to")));
    }

    /** Signs out: the session and its directory connection end. */
    public void signOut() throws IOException {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        LOG.info("{} signed out", visitor.getPlace());
        visitor.leave();
        external.invalidateSession();
        external.redirect(external.getRequestContextPath() + "/login?left=true");
    }

    /** A first visitor of a directory without its objects is told about the set-up. */
    public boolean isSetUp() {
        try {
            return installed.isSetUp();
        } catch (DirectoryException unknown) {
            return true;
        }
    }

    /** Whether nobody can sign in, because there is no administrator anymore. */
    public boolean isOrphaned() {
        try {
            return installed.shown().administratorsAble().isEmpty();
        } catch (DirectoryException unknown) {
            return false;
        }
    }

    /** A page of this console to go on to; anything else, above all another host, becomes the home page. */
    static String safe(@Nullable String wish) {
        if (wish == null || !wish.matches("/[A-Za-z0-9][^\\\\\\p{Cntrl}]*")) {
            return "/";
        }
        return wish.startsWith("/login") ? "/" : wish;
    }

    private void say(String text) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, ""));
    }

    private static String minutes(Duration wait) {
        return wait.toMinutes() > 0 ? (wait.toMinutes() + 1) + " min" : wait.toSeconds() + " s";
    }

    public String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name == null ? "" : name;
    }

    public String getPassword() {
        return "";
    }

    public void setPassword(@Nullable String password) {
        this.password = password == null ? "" : password;
    }
}
