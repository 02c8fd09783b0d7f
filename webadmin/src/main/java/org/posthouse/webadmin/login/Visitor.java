package org.posthouse.webadmin.login;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.tree.Entry;
import org.posthouse.webadmin.history.Author;

/**
 * Whoever uses this session: nobody yet, or an administrator with a directory connection of his own. A session ends
 * after thirty minutes without activity and in any case after twelve hours. What a page asks by itself, such as the
 * state of an agent every few seconds, is no activity.
 */
@Named
@SessionScoped
public class Visitor implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(12);

    @Inject
    private Installed installed;

    private transient @Nullable Entry who;
    private transient @Nullable Directory directory;
    private transient @Nullable Author author;
    private transient @Nullable SessionTime time;

    /** Whether somebody is signed in. */
    public boolean isSignedIn() {
        return directory != null && !left().isZero();
    }

    /** How long the visitor stays signed in if nothing more is done; zero when nobody is. */
    public Duration left() {
        SessionTime known = time;
        return known == null ? Duration.ZERO : known.left();
    }

    /** The visitor did something. */
    void act() {
        SessionTime known = time;
        if (known != null) {
            known.act();
        }
    }

    /** The same in seconds, for pages. */
    public long getSecondsLeft() {
        return left().toSeconds();
    }

    /** The name to show; empty while nobody is signed in. */
    public String getName() {
        Entry known = who;
        return known == null ? "" : known.name();
    }

    /** The place of whoever is signed in, as text for a link. */
    public String getPlace() {
        Entry known = who;
        return known == null ? "" : known.place().toString();
    }

    /** The directory with this visitor's rights. Every act of a page goes through here, so it is the check as well. */
    public Directory directory() {
        Directory own = directory;
        if (own == null || !isSignedIn()) {
            throw new NotAllowed("Sign in first");
        }
        return own;
    }

    /** The same, with what was said beforehand of a change written down beside it. */
    public Directory directory(String plan) {
        Directory own = directory();
        return own.observed(
                installed.history().scribe(Objects.requireNonNull(author).planned(plan)));
    }

    /** Takes an administrator whose password was right. */
    void enter(Entry administrator, Directory own, Author author) {
        leave();
        who = administrator;
        directory = own;
        this.author = author;
        time = new SessionTime(installed.clock(), limit(IDLE), LONGEST);
    }

    private static Duration limit(Duration otherwise) {
        return Duration.ofSeconds(Long.getLong("posthouse.session-seconds", otherwise.toSeconds()));
    }

    /** Closes the connection; also called when the session ends. */
    @PreDestroy
    void leave() {
        Directory own = directory;
        directory = null;
        who = null;
        time = null;
        if (own != null) {
            own.close();
        }
    }
}
