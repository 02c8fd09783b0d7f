package org.posthouse.webadmin.api;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException.Conflict;
import org.posthouse.schema.directory.DirectoryException.NotAllowed;
import org.posthouse.schema.option.Panel;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.Draft;
import org.posthouse.webadmin.form.Postmaster;
import org.posthouse.webadmin.setup.Passwords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes and deletes objects for a caller: the drafts of the pages, all of them checked before the first is saved. */
final class Changing {

    private static final Logger LOG = LoggerFactory.getLogger(Changing.class);

    // Made once by the installation; NetMail too makes them only there.
    private static final Set<Kind> LASTING = Set.of(Kind.ROOT, Kind.INTERNET_SERVICES);

    private final Directory directory;
    private final String who;

    Changing(Directory directory, String who) {
        this.directory = directory;
        this.who = who;
    }

    /** The object after the change. Throws Conflict, Refused. */
    Entry change(Entry entry, long seen, JsonObject request) {
        if (entry.revision() != seen) {
            throw new Conflict(entry);
        }
        Wish wish = Wish.in(request, entry.kind());
        String password = Wish.text(request, "password");
        List<Draft> drafts = drafts(entry, wish);
        var problems = new LinkedHashSet<Problem>();
        drafts.forEach(draft -> problems.addAll(draft.problems()));
        if (!password.isEmpty()) {
            problems.addAll(password(entry, password));
        }
        if (!problems.isEmpty()) {
            throw new Refused(List.copyOf(problems));
        }
        save(entry, drafts, request);
        if (!password.isEmpty()) {
            directory.setPassword(entry.place(), password);
            LOG.info("{} set the password of {}", who, entry.place());
        }
        return directory.read(entry.place()).orElseThrow();
    }

    private static List<Problem> password(Entry entry, String password) {
        return entry.kind() == Kind.USER
                ? Passwords.problem(password, entry.name()).map(reason -> new Problem("password", "", reason)).stream()
                        .toList()
                : List.of(new Problem("password", "", "is only for users"));
    }

    private List<Draft> drafts(Entry entry, Wish wish) {
        var tree = Tree.of(directory.configuration());
        var drafts = new ArrayList<Draft>();
        for (PanelFacts<?> panel : wish.pages(entry.kind())) {
            Draft draft = Draft.of(directory, tree, entry, panel);
            wish.into(draft);
            drafts.add(draft);
        }
        return drafts;
    }

    private void save(Entry entry, List<Draft> drafts, JsonObject request) {
        Entry own = entry;
        for (Draft draft : drafts) {
            boolean above = draft.panel().holder() == Panel.Holder.PARENT;
            if (above
                    && request.containsKey("holderRevision")
                    && request.getJsonNumber("holderRevision").longValue()
                            != draft.holder().revision()) {
                throw new Conflict(draft.holder());
            }
            // The page before may have moved the object to a revision of our own making.
            Draft latest = above ? draft : draft.onto(own);
            latest.changes()
                    .forEach(change -> LOG.info(
                            "{} changed {} of {}: {} to {}",
                            who,
                            change.option().label(),
                            entry.place(),
                            change.option().secret() ? "-" : change.before(),
                            change.option().secret() ? "-" : change.after()));
            Entry saved = latest.save();
            own = above ? own : saved;
        }
    }

    /** Deletes. Throws Conflict, StillNeeded, NotAllowed. */
    void delete(Entry entry, long seen, String successor) {
        if (LASTING.contains(entry.kind()) || entry.place().equals(directory.administrators())) {
            throw new NotAllowed(entry.name() + " is made by the installation and cannot be deleted");
        }
        if (entry.revision() != seen) {
            throw new Conflict(entry);
        }
        if (!successor.isBlank()) {
            succeed(entry.place(), Place.of(successor));
        }
        directory.delete(entry.place(), seen);
        LOG.info("{} deleted {}", who, entry.place());
    }

    private void succeed(Place leaving, Place successor) {
        for (Entry server : Postmaster.servers(directory, leaving)) {
            Postmaster.appoint(directory, server, successor);
            LOG.info("{} made {} postmaster of {}", who, successor, server.place());
        }
    }

    /** Attributes of a new object that are no options. */
    static Map<String, List<String>> mail(JsonObject request, Kind kind) {
        List<String> addresses = Wish.list(request, "mail");
        return kind == Kind.USER && !addresses.isEmpty() ? Map.of("mail", addresses) : Map.of();
    }
}
