package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthouse.webadmin.history.Author;
import org.posthouse.webadmin.history.Change;
import org.posthouse.webadmin.history.Deed;
import org.posthouse.webadmin.history.Found;
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

    @Inject
    private HistoryQuery query;

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
            return installed.history().find(query.filter(), before, PAGE);
        } catch (IllegalArgumentException | IllegalStateException unfit) {
            banner.say("bad", String.valueOf(unfit.getMessage()));
        } catch (IOException unreadable) {
            banner.say("bad", words.of("history.unreadable", String.valueOf(unreadable.getMessage())));
        }
        return NOTHING;
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
        return !query.isEmpty() || entry > 0;
    }

    /** The address of the next page; empty on the last one. */
    public String getOlder() {
        return found().next() == 0 ? "" : "history?" + query.address() + "before=" + found().next();
    }

    /** Where the changes that fit can be had as LDIF. */
    public String getChangesFile() {
        return "history-export?" + query.address() + "file=changes";
    }

    /** Where the tree can be had as it stood after the newest change that is shown: to be applied, or as LDIF. */
    public String stateFile(String as) {
        return found().changes().isEmpty() ? "" : stateFile(found().changes().getFirst(), as);
    }

    /** The same of a moment after a change; of the object the filter names, or of everything. */
    public String stateFile(Change change, String as) {
        return "history-export?file=state&as=" + as + "&moment=" + change.number()
                + (query.getObject().isBlank() ? "" : "&object=" + links.encoded(query.getObject()));
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
}
