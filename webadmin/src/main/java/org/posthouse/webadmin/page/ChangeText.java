package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.stream.Collectors;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.Deed;
import org.posthouse.webadmin.history.Naming;
import org.posthouse.webadmin.words.Words;

/** A change of the history in words. */
@Named
@RequestScoped
public class ChangeText {

    @Inject
    private Words words;

    @Inject
    private Links links;

    /** What was done, in a few words: "SMTP Agent: Retry Interval, Global Domain". */
    public String title(Change change) {
        Deed first = change.deeds().getFirst();
        String name = links.leaf(first.object());
        String more = change.objects() > 1 ? " " + words.of("history.more", change.objects() - 1) : "";
        return words.of("history.did." + first.what(), name, options(first)) + more;
    }

    private String options(Deed deed) {
        return deed.alterations().stream()
                .filter(each -> Naming.isShown(each.attribute()))
                .map(each -> label(deed.kind(), each.attribute()))
                .limit(4)
                .collect(Collectors.joining(", "));
    }

    /** What people call an attribute. */
    public String label(Kind kind, String attribute) {
        return Naming.option(kind, attribute).map(words::label).orElseGet(() -> words.attribute(attribute));
    }

    /** Who made it, for people. */
    public String author(Change change) {
        Author author = change.author();
        String name = author.who().isEmpty() ? "" : links.leafOr(author.who());
        return switch (author.by()) {
            case SETUP, JOIN, CONSOLE, DIRECTORY -> words.of("history.by." + author.by());
            default -> name.isEmpty() ? words.of("history.nobody") : name;
        };
    }

    /** The way it came and from where. */
    public String way(Change change) {
        String way = words.of("history.by." + change.author().by());
        return change.author().address().isEmpty()
                ? way
                : way + " · " + change.author().address();
    }

    /** The time of the day, to the second. */
    public String time(Change change) {
        return words.time(change.at());
    }

    /** The tone of how it ended: "good", "bad", "warn" or "still". */
    public String tone(Change change) {
        return switch (change.state()) {
            case DONE ->
                change.effect().millis() >= 0
                        ? "good"
                        : change.effect().reason().isEmpty() ? "still" : "warn";
            case REFUSED -> "bad";
            case OPEN, UNCLEAR -> "warn";
        };
    }

    /** How it ended and what came of it. */
    public String fate(Change change) {
        if (change.state() != Change.State.DONE) {
            return words.of("history.state." + change.state());
        }
        if (change.effect().millis() >= 0) {
            return words.of("history.obeyed", change.effect().millis());
        }
        return change.effect().reason().isEmpty() ? "" : words.of("history.notObeyed");
    }

    /** By how much the clock had gone back, for people; empty nearly always. */
    public String back(Change change) {
        return change.back().isZero()
                ? ""
                : words.of("history.back", duration(change.back().toSeconds()));
    }

    private static String duration(long seconds) {
        return seconds >= 172_800
                ? seconds / 86_400 + " d"
                : seconds >= 7_200 ? seconds / 3_600 + " h" : seconds >= 120 ? seconds / 60 + " min" : seconds + " s";
    }
}
