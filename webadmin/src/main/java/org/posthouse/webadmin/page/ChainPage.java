package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.posthouse.webadmin.history.Fault;
import org.posthouse.webadmin.history.Verdict;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;

/** Whether the history is as it was written. */
@Named
@RequestScoped
public class ChainPage {

    private static final int SHOWN = 20;

    @Inject
    private Installed installed;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    /** "whole", "broken", "fresh" where there was nothing to read yet, or "reading" while nobody knows. */
    public String getState() {
        return verdict().map(ChainPage::state).orElse("reading");
    }

    private static String state(Verdict verdict) {
        if (!verdict.isWhole()) {
            return "broken";
        }
        return verdict.last() == 0 ? "fresh" : "whole";
    }

    /** The same in words. */
    public String getSentence() {
        return verdict()
                .map(verdict -> switch (state(verdict)) {
                    case "broken" -> words.of("chain.broken", verdict.faults().size());
                    case "fresh" -> words.of("chain.fresh");
                    default -> words.of("chain.whole", verdict.last());
                })
                .orElseGet(() -> words.of("chain.reading"));
    }

    /** Where it is not as it was written, the first twenty. */
    public List<String> getFaults() {
        return verdict().map(Verdict::faults).orElse(List.of()).stream()
                .limit(SHOWN)
                .map(this::sentence)
                .toList();
    }

    private String sentence(Fault fault) {
        return words.of("chain." + fault.what(), fault.file(), fault.line(), fault.from(), fault.to());
    }

    /** The hash of the newest line, to be kept elsewhere. */
    public String getHash() {
        return verdict().map(Verdict::hash).orElse("");
    }

    private Optional<Verdict> verdict() {
        return banner.during(() -> installed.history().verdict(), Optional.<Verdict>empty());
    }

    /** Reads all of it again. */
    public void verify() {
        banner.during(() -> {
            visitor.directory();
            try {
                installed.history().verify();
            } catch (IOException unreadable) {
                banner.say("bad", words.of("history.unreadable", String.valueOf(unreadable.getMessage())));
            }
        });
    }
}
