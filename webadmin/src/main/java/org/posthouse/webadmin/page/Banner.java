package org.posthouse.webadmin.page;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.webadmin.login.DirectoryOutage;
import org.posthouse.webadmin.login.Polls;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the visitor must know before anything else: that the directory is unavailable, or why an act was refused. The
 * first is shown until the directory answers again; the second until the visitor does something else. What a page asks
 * by itself does not remove it.
 */
@Named
@RequestScoped
public class Banner {

    private static final Logger LOG = LoggerFactory.getLogger(Banner.class);
    private static final String KEPT = Banner.class.getName();

    /**
     * What was said of the visitor's last act.
     *
     * @param tone "good", "warn" or "bad"
     * @param text the sentence
     */
    private record Notice(String tone, String text) implements Serializable {}

    @Inject
    private Words words;

    @Inject
    private DirectoryOutage outage;

    private @Nullable Notice notice;
    private boolean met;

    @PostConstruct
    void begin() {
        view().ifPresent(view -> {
            if (Polls.isPoll(FacesContext.getCurrentInstance())) {
                notice = (Notice) view.getViewMap().get(KEPT);
            } else {
                view.getViewMap().remove(KEPT);
            }
        });
    }

    private static Optional<UIViewRoot> view() {
        return Optional.ofNullable(FacesContext.getCurrentInstance()).map(FacesContext::getViewRoot);
    }

    /** Does something with the directory; what it refuses is said in the banner, and the page keeps what was typed. */
    public void during(Runnable act) {
        during(
                () -> {
                    act.run();
                    return true;
                },
                false);
    }

    /** The same for a question, with an answer for the case that there is none. */
    public <T> T during(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (DirectoryDown down) {
            away(down);
        } catch (DirectoryException refused) {
            say("bad", String.valueOf(refused.getMessage()));
        }
        return otherwise;
    }

    /** Takes note that the directory did not answer. */
    void away(DirectoryDown down) {
        LOG.warn("{}", down.getMessage());
        met = true;
        outage.report();
    }

    /** Whether the directory is unavailable, or was for a question of this request. */
    public boolean isDirectoryAway() {
        return met || outage.since().isPresent();
    }

    /** Says something in the tone "good", "warn" or "bad". The first word of a request stays: it is the cause. */
    public void say(String inTone, String what) {
        if (notice == null) {
            var said = new Notice(inTone, what);
            notice = said;
            view().ifPresent(view -> view.getViewMap().put(KEPT, said));
        }
    }

    /** What to show; "" for nothing. */
    public String getText() {
        Notice said = notice;
        if (said != null) {
            return words.reason(said.text());
        }
        Optional<Instant> since = outage.since();
        if (since.isPresent()) {
            return outage.asOf()
                    .map(asOf -> words.of("banner.downAsOf", words.time(since.get()), words.time(asOf)))
                    .orElseGet(() -> words.of("banner.down", words.time(since.get())));
        }
        return met ? words.of("banner.downNow") : "";
    }

    /** Its tone. */
    public String getTone() {
        Notice said = notice;
        return said == null ? "bad" : said.tone();
    }
}
