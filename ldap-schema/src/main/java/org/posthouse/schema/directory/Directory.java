package org.posthouse.schema.directory;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.address.Population;
import org.posthouse.schema.directory.DirectoryException.Missing;
import org.posthouse.schema.directory.LastAnswers.Question;
import org.posthouse.schema.directory.LastAnswers.What;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.Tree;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tree in the directory server: reads objects, saves them under a version check, follows changes.
 *
 * <p>While the server does not respond, every method throws DirectoryDown at once, or answers from memory (see {@link
 * #remembering}); {@link #availability} tells since when.
 *
 * <p>Every method throws a {@link DirectoryException} when the server cannot be asked or refuses.
 */
public final class Directory implements AutoCloseable {

    /**
     * Which children of a container are wanted.
     *
     * @param text part of the name; empty: all
     * @param kinds of these kinds only; empty: all
     * @param size at most so many on a page
     * @param after {@link Page#next} of the page before; empty: the first page
     */
    public record Query(String text, Set<Kind> kinds, int size, String after) {

        /** The first page of all children. */
        public static Query first(int size) {
            return new Query("", Set.of(), size, "");
        }

        /** The page after one whose {@link Page#next} this is. */
        public Query next(String mark) {
            return new Query(text, kinds, size, mark);
        }
    }

    /**
     * Some children of a container.
     *
     * @param entries the children
     * @param next where the next page begins; empty: this is the last one
     */
    public record Page(List<Entry> entries, String next) {}

    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

    private final Server server;
    private final Reader reader;
    private final Counter counter;
    private final Clock clock;
    private final Scribe scribe;
    private final Writing writing;
    private final Saving saving;
    private final Deletion deletion;
    private final Creation creation;
    private final @Nullable Mirror mirror;
    private final boolean remembering;

    private Directory(Server server, Clock clock, Scribe scribe, @Nullable Mirror mirror, boolean remembering) {
        this.server = server;
        this.clock = clock;
        this.mirror = mirror;
        this.remembering = remembering;
        this.scribe = scribe;
        this.reader = new Reader(server);
        this.counter = new Counter(server, internetServices());
        this.writing = new Writing(mirror == null ? scribe : mirror.beside(scribe));
        this.saving = new Saving(server, counter, writing, scribe);
        this.deletion =
                new Deletion(server, reader, saving, writing, new Deletions(server, internetServices(), scribe), clock);
        this.creation = new Creation(server, reader, counter, deletion, saving, writing, clock);
    }

    /** Connects and binds, and sweeps what crashes left half-created. Throws DirectoryDown or NotAllowed. */
    public static Directory connect(DirectoryAddress address, Clock clock) {
        var directory = new Directory(Server.connect(address), clock, Scribe.NONE, null, false);
        try {
            directory.creation.sweep();
        } catch (DirectoryException readOnly) {
            LOG.info("Partly created objects were not deleted: {}", readOnly.getMessage());
        }
        return directory;
    }

    /**
     * The same directory over the same connections, with every change told to a scribe. Closing either closes both.
     */
    public Directory observed(Scribe scribe) {
        return new Directory(server, clock, scribe, mirror, remembering);
    }

    /**
     * The same directory over the same connections, with {@link #configuration} and {@link #tree} kept in memory and
     * followed, for whoever looks at them often. Closing either closes both.
     */
    public Directory mirrored() {
        return new Directory(server, clock, Scribe.NONE, new Mirror(server, counter, clock), remembering);
    }

    /**
     * The same directory for whoever shows it: while the server does not respond, or not soon, what was read before is
     * read from memory. Only where the configuration is kept in memory. What must be certain is read without this.
     */
    public Directory remembering() {
        return new Directory(server, clock, scribe, mirror, true);
    }

    /** This directory with the configuration as another one of the same tree keeps it; what is written here shows there. */
    public Directory sharing(Directory other) {
        server.secrets().share(other.server.secrets());
        return new Directory(server, clock, Scribe.NONE, other.mirror, remembering);
    }

    /** The same, with what was said beforehand of a change written down beside it: its plan, in one line. */
    public Directory saying(String plan) {
        return new Directory(server, clock, scribe.saying(plan), mirror, remembering);
    }

    /** Begins several operations that are written down as one. */
    public JoinedWrites joined() {
        return new JoinedWrites(this, scribe);
    }

    /** Takes up several operations that were cut off, to complete them or to put them back under the note they have. */
    public JoinedWrites resumed(Scribe.CutOff cutOff) {
        return new JoinedWrites(this, scribe, cutOff);
    }

    /** The object classes of a new object of a kind, the most general first. */
    public static List<String> classes(Kind kind) {
        return List.copyOf(Shape.classes(kind));
    }

    /** The suffix below which everything stands. */
    public Place root() {
        return server.address().root();
    }

    /** The name or address of the host the directory server is on, as it is called here. */
    public String host() {
        return String.valueOf(URI.create(server.address().url()).getHost()).replaceAll("[\\[\\]]", "");
    }

    /** The distinguished name as which this connection is bound. */
    public String account() {
        return server.address().bindDn();
    }

    /** The container of the mail system's own objects. */
    public Place internetServices() {
        return internetServices(root());
    }

    private static Place internetServices(Place root) {
        return root.child("o", Kind.INTERNET_SERVICES.label());
    }

    /** The group whose members may administer everything. */
    public Place administrators() {
        return administrators(root());
    }

    static Place administrators(Place root) {
        return internetServices(root).child("cn", "Administrators");
    }

    /** The object at a place; empty when there is none or it is still being created. */
    public Optional<Entry> read(Place place) {
        return last(What.OBJECT, place, List.of("read"), () -> reader.read(place));
    }

    private <T> T last(What what, Place about, List<?> details, Supplier<T> ask) {
        return mirror == null || !remembering
                ? ask.get()
                : mirror.answers().of(new Question(account(), what, about, details), server.pool(), ask);
    }

    /**
     * What a question to the server gives, when that comes within 700 ms, or at once while answers come late; empty when
     * not, and during an outage. The question goes on then, on a thread of its own. Throws what the question throws.
     */
    public <T> Optional<T> soon(Supplier<T> question) {
        if (availability().outage().isPresent()) {
            return Optional.empty();
        }
        return LastAnswers.soon(CompletableFuture.supplyAsync(question, Thread::startVirtualThread), server.pool());
    }

    /** Whether the directory server responds, for all connections of this process together. */
    public Availability availability() {
        return server.pool().availability();
    }

    /**
     * One page of the objects that are directly in a container, by name as {@link org.posthouse.schema.tree.NameOrder}
     * says. Of more than 1,000 children the first page reads all names; a change by another tool may show half a minute
     * late there.
     */
    public Page children(Place container, Query query) {
        return children(container, query, Browser.SMALL);
    }

    /** As {@link #children(Place, Query)}, with another limit of what is sorted. */
    Page children(Place container, Query query, int sorted) {
        return last(
                What.CONTAINER,
                container,
                List.of(query, sorted),
                () -> new Browser(server, counter, sorted).children(container, query));
    }

    /**
     * The objects directly in a container that a table shows. The first question about an order or a text reads the names
     * of all that match, about a second for 100,000; then they are known until something is written, for half a minute at
     * most.
     */
    public Listing.Listed list(Place container, Listing wanted) {
        return new Browser(server, counter, Browser.SMALL).list(container, wanted);
    }

    /** Who changed an object last and when, as far as the server says. */
    public Optional<Stamp> stamp(Place place) {
        return last(What.OBJECT, place, List.of("stamp"), () -> reader.stamp(place));
    }

    /** Whether anything stands in a container. */
    public boolean hasChildren(Place place) {
        return last(What.CONTAINER, place, List.of("any"), () -> reader.hasChildren(place));
    }

    /** The users whose mailbox has this identifier: at most one, unless somebody gave it to several. Asks the server. */
    public List<Entry> usersOfMailbox(String identifier) {
        return reader.usersOfMailbox(identifier);
    }

    /** Objects of the whole tree whose name or mail address holds the text; no kinds: all kinds. */
    public List<Entry> find(String text, Set<Kind> kinds, int limit) {
        return last(What.TREE, root(), List.of("find", text, kinds, limit), () -> reader.find(text, kinds, limit));
    }

    /** Objects of the whole tree whose own name begins with the text; no kinds: all kinds. */
    public List<Entry> beginning(String text, Set<Kind> kinds, int limit) {
        return reader.beginning(text, kinds, limit);
    }

    /** What engines need: Internet Services, messaging servers, agents, hosts and aliases. */
    public List<Entry> configuration() {
        return mirror == null ? reader.configuration() : remembering ? mirror.lastList() : mirror.list();
    }

    /** The same, decoded. */
    public Tree tree() {
        return mirror == null ? Tree.of(reader.configuration()) : remembering ? mirror.lastTree() : mirror.tree();
    }

    /**
     * Every user, group, role, and alias, as far as their mail is concerned. Reads all of them: 100,000 take some seconds.
     * Where the configuration is kept in memory they are kept as well, read the first time and followed from then on. When
     * anything may have changed they are read again beside whoever asks; who does not want to wait long for it gets the
     * former ones, which say from when they are. They are incomplete when the server stops answering in the middle.
     */
    public Population population() {
        return mirror == null ? reader.population() : remembering ? mirror.lastPopulation() : mirror.population();
    }

    /** Every object of some of the kinds that {@link #configuration} has, which costs less than all of it. */
    public List<Entry> configuration(Set<Kind> kinds) {
        return mirror == null
                ? reader.all(kinds)
                : configuration().stream()
                        .filter(entry -> kinds.contains(entry.kind()))
                        .toList();
    }

    /** Every object of these kinds at a place and below it, in any order; all are held at once, so not for users. */
    public List<Entry> within(Place place, Set<Kind> kinds) {
        return last(What.TREE, place, List.of("within", kinds), () -> reader.within(place, kinds));
    }

    /** Brings Posthouse's schema to a server that lacks it. Throws NotAllowed, saying what to load by hand. */
    public void prepareSchema() {
        new SchemaExtension(server).prepare();
    }

    /**
     * Seals the values of secret options that are kept in plain text, as other tools and earlier revisions have left them;
     * tells how many. Their objects keep their revision: nothing changes for whoever reads them.
     */
    public int sealSecrets() {
        return server.secrets().sealAll();
    }

    /** Creates the root's own entry where a new server does not have it yet. */
    public void prepareRoot() {
        creation.root(root());
    }

    /** Creates an object. Throws NameTaken, Misplaced, Missing (its container) or Refused (its name). */
    public Entry create(NewObject object) {
        creation.create(object);
        return there(object.place());
    }

    /** Creates objects that all stand in the first one: all of them, or none is ever seen. Returns the first. */
    public Entry createAll(List<NewObject> objects) {
        creation.createAll(objects);
        return there(objects.getFirst().place());
    }

    /**
     * Saves what differs between two sets of attributes, provided that the object is still at the revision seen. An
     * empty list removes an attribute; attributes that {@code after} does not name stay. Reads the object once, before the
     * write. Throws Conflict, Missing.
     */
    public Entry save(Place place, Map<String, List<String>> before, Map<String, List<String>> after, long seen) {
        return saving.save(place, before, after, seen);
    }

    /**
     * Deletes an object with everything in it. Throws Conflict, Missing, or StillNeeded when the Postmaster or Host
     * Server of a messaging server elsewhere would go.
     */
    public void delete(Place place, long seen) {
        deletion.delete(place, seen);
    }

    /**
     * Deletes several objects with everything in them: all of them, or none. The revisions are those seen. Throws as
     * {@link #delete} does.
     */
    public void deleteAll(Map<Place, Long> seen) {
        deletion.deleteAll(seen);
    }

    /** How many objects of these kinds stand directly in a container; counts no further than {@code most}. */
    public int count(Place container, Set<Kind> kinds, int most) {
        return last(What.CONTAINER, container, List.of(kinds, most), () -> reader.count(container, kinds, most));
    }

    /** Whether this account may change an object, asked of the server without changing anything. */
    public boolean mayChange(Place place) {
        return saving.mayChange(place);
    }

    /** Sets a user's password; the server hashes it where it offers that (RFC 3062). */
    public void setPassword(Place user, String password) {
        writing.of(
                acts -> acts.accept(new Act.Password(
                        user, reader.read(user).map(Entry::kind).orElse(Kind.UNKNOWN))),
                () -> new SignIn(server, reader).set(user, password));
    }

    /** The user of this name, full distinguished name or mail address; empty when several have it. One request. */
    public Optional<Entry> user(String login) {
        return new SignIn(server, reader).user(login);
    }

    /**
     * Whether this is the password of a user, by a bind on a connection of its own. Costs the server the computation of a
     * hash, a tenth of a second or more. Throws NotAllowed when the account is locked.
     */
    public boolean isPassword(Place user, String password) {
        return new SignIn(server, reader).isPassword(user, password);
    }

    /**
     * A text that is another one after any change of an object, of its password as well; empty when the object does not
     * exist or the server does not tell. One request.
     */
    public String version(Place place) {
        return reader.version(place);
    }

    /** The user of this name, full distinguished name or mail address, if the password is right. Throws NotAllowed when locked. */
    public Optional<Entry> signIn(String login, String password) {
        return user(login).filter(found -> isPassword(found.place(), password));
    }

    /** Whether a user is an enabled member of {@link #administrators}. Asks the server twice. */
    public boolean isAdministrator(Place user) {
        return members().contains(user) && isAble(user);
    }

    /** The members of {@link #administrators} that exist and are enabled. Asks the server once for each member. */
    public List<Place> administratorsAble() {
        return members().stream().filter(this::isAble).toList();
    }

    /** Whether the server shows that a user has a password. Many show it to nobody. Asks the server. */
    public boolean showsPassword(Place user) {
        return reader.showsPassword(user);
    }

    private List<Place> members() {
        return read(administrators()).stream()
                .flatMap(group -> group.values("member").stream())
                .map(Place::of)
                .toList();
    }

    // A disabled user cannot sign in anywhere (NetMail "User Status").
    private boolean isAble(Place user) {
        return read(user)
                .filter(entry -> entry.kind() == Kind.USER)
                .filter(entry ->
                        !entry.value("posthouseMessagingEnabled").orElse("TRUE").equalsIgnoreCase("FALSE"))
                .isPresent();
    }

    /** How many objects stand at a place and below it; counts no further than {@code most}. */
    public int countWithin(Place place, int most) {
        return last(What.TREE, place, List.of("count", most), () -> reader.countWithin(place, most));
    }

    /** Calls the listener, always on one thread, for every change from now on. */
    public Following follow(Consumer<Noticed> listener) {
        Mirror known = mirror;
        Consumer<Noticed> first = known == null ? notice -> {} : known::take;
        return new Following(Watch.best(server, counter), first.andThen(listener)).start();
    }

    /** As {@link #follow}, by asking again and again, whatever the server offers. */
    Following poll(Consumer<Noticed> listener) {
        return new Following(new Polling(server, counter), listener).start();
    }

    /** The number of the last change of all; 0 before the first. */
    public long configVersion() {
        return last(What.TREE, root(), List.of("version"), counter::last);
    }

    /**
     * The revision up to which {@link #accept} settled lost changes; 0: never. One request.
     */
    public long acceptedRevision() {
        return read(internetServices())
                .flatMap(services -> services.value(Shape.ACCEPTED))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /**
     * Declares the present state the one that counts, although changes up to a revision are missing from it: engines that
     * applied such a change follow again, and the numbers of changes continue after it. Throws Missing without Internet
     * Services.
     */
    public void accept(long known) {
        settlement().accept(known);
    }

    /** Continues the numbers of changes after this one, unless they are past it already. Throws Missing. */
    public void raise(long known) {
        settlement().raise(known);
    }

    private Settlement settlement() {
        return new Settlement(server, saving, writing, counter, internetServices());
    }

    /**
     * Sets attributes of an object without a revision, for an engine's own marks while the directory must not change.
     * Throws Missing.
     */
    public void mark(Place place, Map<String, List<String>> after) {
        saving.mark(place, after);
    }

    /**
     * Puts the one value of an attribute in the place of another one in one conditional modify, without a revision: for
     * marks that only one of several programs may set. Empty stands for no value. Throws Missing.
     *
     * @return whether the expected value stood there and was exchanged
     */
    public boolean exchange(Place place, String attribute, Optional<String> expected, Optional<String> wanted) {
        return saving.exchange(place, attribute, expected, wanted);
    }

    /** Who deleted an object lately through a console; empty where nobody was named. One request. */
    public Optional<Signature> deletedBy(Place place) {
        return server.entry(internetServices(), Shape.DELETION).flatMap(services -> Deletions.of(services, place));
    }

    /** Who an object names as the author of its last change; empty for nobody, or when a change came after that one. */
    public static Optional<Signature> signature(Entry entry) {
        return entry.value(Shape.CHANGED_BY)
                .flatMap(Signature::read)
                .filter(signed -> signed.revision() == entry.revision() && entry.revision() > 0);
    }

    /**
     * Hands over every object of the tree that is not being created or deleted, in the order of the server, with the
     * little that tells whether it changed. Takes the server seconds for 100,000 objects; none are held here.
     */
    public void survey(Consumer<Stub> to) {
        reader.survey(to);
    }

    private Entry there(Place place) {
        return reader.read(place).orElseThrow(() -> new Missing(place));
    }

    @Override
    public void close() {
        if (mirror != null && mirror.isOver(server)) {
            mirror.close();
        }
        server.close();
    }
}
