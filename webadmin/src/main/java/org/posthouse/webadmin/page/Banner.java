package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.function.Supplier;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.DirectoryException.DirectoryDown;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the visitor must know before anything else: that the directory is away, or why an act was refused. */
@Named
@RequestScoped
public class Banner {

    private static final Logger LOG = LoggerFactory.getLogger(Banner.class);

    @Inject
    private Words words;

    private String text = "";
    private String tone = "bad";

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
            LOG.warn("{}", down.getMessage());
            say("bad", words.of("banner.down", String.valueOf(down.getMessage())));
        } catch (DirectoryException refused) {
            say("bad", String.valueOf(refused.getMessage()));
        }
        return otherwise;
    }

    /** Says something in the tone "good", "warn" or "bad". The first word of a request stays: it is the cause. */
    public void say(String inTone, String what) {
        if (text.isEmpty()) {
            text = what;
            tone = inTone;
        }
    }

    public String getText() {
        return text;
    }

    public String getTone() {
        return tone;
    }
}
