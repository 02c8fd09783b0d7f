package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.tree.Entry;
import org.posthouse.webadmin.change.ChangeServices;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.setup.Passwords;
import org.posthouse.webadmin.words.Words;
import org.primefaces.PrimeFaces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Password dialog of a user: write-only, as passwords are never read back. */
@Named
@RequestScoped
public class PasswordPage {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordPage.class);

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private ChangeServices changeServices;

    private String password = "";
    private String again = "";
    private String problem = "";

    /** Sets the password of a user and closes the dialog, or says why not. */
    public void save(Entry user) {
        problem = Passwords.problem(password, user.name())
                .map(reason -> words.of("ask.password.label") + " " + reason + ".")
                .orElse(password.equals(again) ? "" : words.of("password.unlike"));
        if (!problem.isEmpty()) {
            return;
        }
        banner.during(() -> {
            changeServices.by(visitor.directory(), visitor.getPlace()).setPassword(user.place(), password);
            LOG.info("{} set the password of {}", visitor.getPlace(), user.place());
            banner.say("good", words.of("password.set", user.name()));
        });
        PrimeFaces.current().executeScript("PF('password').hide()");
    }

    public String getProblem() {
        return problem;
    }

    public String getPassword() {
        return "";
    }

    public void setPassword(@Nullable String password) {
        this.password = password == null ? "" : password;
    }

    public String getAgain() {
        return "";
    }

    public void setAgain(@Nullable String again) {
        this.again = again == null ? "" : again;
    }
}
