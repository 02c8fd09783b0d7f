package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.tree.Kind;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.Deed;
import org.posthouse.webadmin.history.Filter;
import org.posthouse.webadmin.history.Found;
import org.posthouse.webadmin.history.Naming;
import org.posthouse.webadmin.login.Installed;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.words.Words;

/** The page History: every change, the newest first, by day. Its filters are its address. */
@Named
@RequestScoped
public class HistoryPage {

    private static final int PAGE = 50;
    private static final Found NOTHING = new Found(List.of(), 0, 0);

    /**
     * The changes of a day.
     *
     * @param name the day, for people
     * @param changes its changes, the newest first
     */
    public record Day(String name, List<Change> changes) {}

    @Inject
    private Installed installed;

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private Links links;

    private String object = "";
    private String who = "";
    private String option = "";
    private String act = "";
    private String by = "";
    private String from = "";
    private String to = "";
    private String text = "";
    private long before;
    private long entry;
    private @Nullable Found found;

    /** The changes that fit, day by day. */
    public List<Day> getDays() {
        var days = new LinkedHashMap<String, List<Change>>();
        found().changes()
                .forEach(change -> days.computeIfAbsent(words.day(change.at()), day -> new ArrayList<>())
                        .add(change));
        return days.entrySet().stream()
                .map(day -> new Day(day.getKey(), day.getValue()))
                .toList();
    }

    private Found found() {
        Found known = found;
        if (known == null) {
            known = banner.during(this::find, NOTHING);
            found = known;
        }
        return known;
    }

    private Found find() {
        visitor.directory();
        try {
            if (entry > 0) {
                List<Change> one = installed.history().change(entry).stream().toList();
                return new Found(one, one.size(), 0);
            }
            return installed.history().find(filter(), before, PAGE);
        } catch (IllegalArgumentException | IllegalStateException unfit) {
            banner.say("bad", String.valueOf(unfit.getMessage()));
        } catch (IOException unreadable) {
            banner.say("bad", words.of("history.unreadable", String.valueOf(unreadable.getMessage())));
        }
        return NOTHING;
    }

    private Filter filter() {
        return Filter.asked(name -> asked().getOrDefault(name, ""), ZoneId.systemDefault());
    }

    private Map<String, String> asked() {
        var asked = new LinkedHashMap<String, String>();
        asked.put("object", object);
        asked.put("who", who);
        asked.put("option", option);
        asked.put("act", act);
        asked.put("by", by);
        asked.put("from", from);
        asked.put("to", to);
        asked.put("text", text);
        return asked;
    }

    /** How many changes fit. */
    public int getTotal() {
        return found().total();
    }

    /** Whether there is nothing to see because nothing was ever changed. */
    public boolean isVirgin() {
        return banner.during(() -> installed.history().size() == 0, false);
    }

    /** Whether any filter is set. */
    public boolean isFiltered() {
        return !(object + who + option + act + by + from + to + text).isBlank() || entry > 0;
    }

    /** The address of the next page; empty on the last one. */
    public String getOlder() {
        return found().next() == 0 ? "" : "history?" + query() + "before=" + found().next();
    }

    /** Where the changes that fit can be had as LDIF. */
    public String getChangesFile() {
        return "history-export?" + query() + "file=changes";
    }

    /** Where the tree can be had as it stood after the newest change that is shown: to be applied, or as LDIF. */
    public String stateFile(String as) {
        return found().changes().isEmpty() ? "" : stateFile(found().changes().getFirst(), as);
    }

    /** The same of a moment after a change; of the object the filter names, or of everything. */
    public String stateFile(Change change, String as) {
        return "history-export?file=state&as=" + as + "&moment=" + change.number()
                + (object.isBlank() ? "" : "&object=" + links.encoded(object));
    }

    private String query() {
        return asked().entrySet().stream()
                .filter(part -> !part.getValue().isBlank())
                .map(part -> part.getKey() + "=" + links.encoded(part.getValue()) + "&")
                .collect(Collectors.joining());
    }

    /** What was done, in a few words: "SMTP Agent: Retry Interval, Global Domain". */
    public String title(Change change) {
        Deed first = change.deeds().getFirst();
        String name = links.leaf(first.object());
        String more = change.objects() > 1 ? " " + words.of("history.more", change.objects() - 1) : "";
        return words.of("history.did." + first.what(), name, options(first)) + more;
    }

    private String options(Deed deed) {
        return deed.alterations().stream()
                .map(each -> label(deed.kind(), each.attribute()))
                .limit(4)
                .collect(Collectors.joining(", "));
    }

    /** What people call an attribute. */
    public String label(Kind kind, String attribute) {
        return Naming.option(kind, attribute).map(words::label).orElse(attribute);
    }

    /** Who made it, for people. */
    public String author(Change change) {
        Author author = change.author();
        String name = author.who().isEmpty() ? "" : links.leafOr(author.who());
        return switch (author.by()) {
            case SETUP, JOIN, CONSOLE -> words.of("history.by." + author.by());
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

    /** The kinds of deed and the ways, for the filters. */
    public List<Deed.What> getActs() {
        return List.of(Deed.What.values());
    }

    public List<Author.By> getWays() {
        return List.of(Author.By.values());
    }

    /** Everybody who ever changed anything. */
    public List<String> getAuthors() {
        return banner.during(() -> installed.history().authors(), List.<String>of());
    }

    /** Whether the filter names this one. */
    public boolean isChosen(String given, Object each) {
        return given.equalsIgnoreCase(each.toString());
    }

    /** The word for a constant, as it stands in addresses. */
    public String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public String getObject() {
        return object;
    }

    public void setObject(@Nullable String object) {
        this.object = clean(object);
    }

    public String getWho() {
        return who;
    }

    public void setWho(@Nullable String who) {
        this.who = clean(who);
    }

    public String getOption() {
        return option;
    }

    public void setOption(@Nullable String option) {
        this.option = clean(option);
    }

    public String getAct() {
        return act;
    }

    public void setAct(@Nullable String act) {
        this.act = clean(act);
    }

    public String getBy() {
        return by;
    }

    public void setBy(@Nullable String by) {
        this.by = clean(by);
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = clean(from);
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = clean(to);
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = clean(text);
    }

    public long getBefore() {
        return before;
    }

    public void setBefore(long before) {
        this.before = Math.max(0, before);
    }

    public long getEntry() {
        return entry;
    }

    public void setEntry(long entry) {
        this.entry = Math.max(0, entry);
    }

    private static String clean(@Nullable String given) {
        return given == null ? "" : given;
    }
}
