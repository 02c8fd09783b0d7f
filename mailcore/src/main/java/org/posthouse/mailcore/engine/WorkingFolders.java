package org.posthouse.mailcore.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthouse.mailcore.agent.AgentRefused;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.store.DbfDirectory;
import org.posthouse.mailcore.store.FolderTrial;
import org.posthouse.mailcore.store.InUseRecord;
import org.posthouse.mailcore.store.RocksVault;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.schema.panel.NmapParameters;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.posthouse.schema.value.FolderPath;
import org.posthouse.schema.value.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders that a messaging server works in: those its settings name where they can be used, else those it worked in
 * before. What is in use is remembered on disk, so that it holds over a restart.
 *
 * <p>The thread of the server changes it; any thread may read it or try a folder.
 */
final class WorkingFolders {

    private static final Logger LOG = LoggerFactory.getLogger(WorkingFolders.class);

    private final Place server;
    private final Path home;
    private final FolderClaims claims;
    private final InUseRecord record;
    private final boolean isNew;
    private volatile Map<FolderUse, FolderPath> inUse;
    private Map<FolderUse, FolderPath> confirmed;
    private final Map<FolderUse, FolderPath> unopened = new EnumMap<>(FolderUse.class);
    private final Map<FolderUse, String> unopenedReasons = new EnumMap<>(FolderUse.class);

    /** Of a server with this home; reads what is remembered there. */
    WorkingFolders(Place server, Path home, FolderClaims claims) {
        this.server = server;
        this.home = home.toAbsolutePath().normalize();
        this.claims = claims;
        this.isNew = !Files.exists(home);
        this.record = new InUseRecord(home, "folders-in-use");
        this.inUse = remembered();
        this.confirmed = inUse;
        claims.add(server, this);
    }

    private Map<FolderUse, FolderPath> remembered() {
        var folders = new EnumMap<FolderUse, FolderPath>(FolderUse.class);
        new DbfDirectory(home)
                .current()
                .ifPresent(path -> folders.put(FolderUse.DBF_DIRECTORY, new FolderPath(path.toString())));
        try {
            Map<String, String> known = record.read();
            Stream.of(FolderUse.values())
                    .filter(use -> known.containsKey(use.option()))
                    .forEach(use -> folders.put(use, new FolderPath(known.getOrDefault(use.option(), ""))));
        } catch (StoreFailure | IllegalArgumentException unreadable) {
            LOG.warn("The folders in use of {} are not known: {}", server.leaf(), unreadable.getMessage());
        }
        return Collections.unmodifiableMap(folders);
    }

    /** The server's home on this host. */
    Path home() {
        return home;
    }

    /** Where the server works for this use; empty before it ever did. */
    Optional<Path> path(FolderUse use) {
        return Optional.ofNullable(inUse.get(use)).map(folder -> folder.in(home));
    }

    /** The settings with the folders in use in place of those that are named. */
    Snapshot kept(Snapshot desired) {
        MessagingServer wanted = desired.server();
        Map<Class<?>, Record> pages = new HashMap<>(wanted.pages());
        pages.put(ServerIdentification.class, kept(wanted.identification()));
        Map<Kind, Agent> agents = new EnumMap<>(Kind.class);
        agents.putAll(wanted.agents());
        wanted.agent(Kind.NMAP_AGENT).ifPresent(nmap -> agents.put(Kind.NMAP_AGENT, kept(nmap)));
        var server = new MessagingServer(wanted.place(), wanted.revision(), Map.copyOf(pages), agents);
        return server.equals(wanted)
                ? desired
                : new Snapshot(
                        server,
                        desired.seen().stream()
                                .map(each -> each.place().equals(server.place()) ? server : each)
                                .toList(),
                        desired.revision(),
                        desired.since());
    }

    private ServerIdentification kept(ServerIdentification page) {
        return page.in(
                inUse.getOrDefault(FolderUse.TEMP_DIRECTORY, page.tempDirectory()),
                inUse.getOrDefault(FolderUse.DBF_DIRECTORY, page.dbfDirectory()));
    }

    private Agent kept(Agent nmap) {
        NmapParameters page = nmap.page(NmapParameters.class);
        Map<Class<?>, Record> pages = new HashMap<>(nmap.pages());
        pages.put(NmapParameters.class, page.in(inUse.getOrDefault(FolderUse.MESSAGE_STORE, page.messageStore())));
        return new Agent(nmap.place(), nmap.kind(), nmap.revision(), Map.copyOf(pages));
    }

    /**
     * Works in the folder that these settings name for this use, or goes on in the one in use. Returns why the named one
     * is refused; empty when it is not.
     */
    Optional<String> choose(FolderUse use, Snapshot desired) {
        Optional<FolderPath> named = use.named(desired);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        FolderPath wanted = named.get();
        Path folder = wanted.in(home);
        if (path(use).filter(folder::equals).isPresent()) {
            put(use, wanted);
            return use == FolderUse.TEMP_DIRECTORY ? held(use, folder, fallback(use)) : Optional.empty();
        }
        if (wanted.equals(unopened.get(use))) {
            return Optional.ofNullable(unopenedReasons.get(use));
        }
        FolderVerdict verdict = isNew || inUse.containsKey(use)
                ? tried(use, folder, 0)
                : FolderVerdict.of(FolderTrial.of(folder, 0), folder);
        if (verdict.isUsable()) {
            put(use, wanted);
            return Optional.empty();
        }
        fallBack(use, folder);
        return Optional.of(verdict.reason());
    }

    /**
     * Brings what lies in the DBF Directory where these settings want it. Throws AgentRefused or StoreFailure when it
     * cannot be there; then it is where it was.
     */
    void moveDbfDirectory(Snapshot desired) {
        Optional<FolderPath> former = Optional.ofNullable(inUse.get(FolderUse.DBF_DIRECTORY));
        Optional<String> refused = choose(FolderUse.DBF_DIRECTORY, desired);
        try {
            new DbfDirectory(home)
                    .in(path(FolderUse.DBF_DIRECTORY)
                            .orElseGet(() -> desired.server()
                                    .identification()
                                    .dbfDirectory()
                                    .in(home)));
        } catch (StoreFailure failed) {
            former.ifPresent(folder -> put(FolderUse.DBF_DIRECTORY, folder));
            throw failed;
        }
        refused.ifPresent(reason -> {
            throw new AgentRefused(FolderUse.DBF_DIRECTORY.option(), reason);
        });
    }

    // A server works in a folder that is no longer usable: where nothing of value lies, another does as well.
    private Optional<String> held(FolderUse use, Path folder, FolderPath fallback) {
        FolderVerdict verdict = FolderVerdict.of(FolderTrial.of(folder, 0), folder);
        if (verdict.isUsable() || folder.equals(fallback.in(home))) {
            return Optional.empty();
        }
        put(use, fallback);
        return Optional.of(verdict.reason());
    }

    // A message store that is new to the server has no other in its place.
    private void fallBack(FolderUse use, Path refused) {
        FolderPath fallback = fallback(use);
        if (!inUse.containsKey(use)
                && use != FolderUse.MESSAGE_STORE
                && !fallback.in(home).equals(refused)) {
            put(use, fallback);
        }
    }

    private static FolderPath fallback(FolderUse use) {
        return new FolderPath(Kind.catalogue()
                .options()
                .filter(option -> option.name().equals(use.option()))
                .findFirst()
                .orElseThrow()
                .fallback());
    }

    private void put(FolderUse use, FolderPath folder) {
        var changed = new EnumMap<FolderUse, FolderPath>(FolderUse.class);
        changed.putAll(inUse);
        changed.put(use, folder);
        inUse = Collections.unmodifiableMap(changed);
    }

    /** Tries a folder for this use, without consequence. */
    FolderVerdict tried(FolderUse use, Path folder, long space) {
        Path wanted = folder.toAbsolutePath().normalize();
        if (path(use).filter(wanted::equals).isPresent()) {
            return FolderVerdict.of(FolderTrial.of(wanted, space), wanted);
        }
        if (FolderPath.isSystemFolder(wanted)) {
            return new FolderVerdict(FolderVerdict.Finding.SYSTEM, wanted, "");
        }
        Optional<String> owner = claims.taken(server, use, wanted)
                .or(() -> path(use)
                        .filter(mine -> mine.startsWith(wanted) || wanted.startsWith(mine))
                        .map(mine -> use.label() + " of " + server.leaf()));
        if (owner.isPresent()) {
            return new FolderVerdict(FolderVerdict.Finding.USED, wanted, owner.get());
        }
        FolderVerdict alone = FolderVerdict.of(FolderTrial.ofNew(wanted, home, space), wanted);
        return alone.isUsable() && use == FolderUse.MESSAGE_STORE ? store(wanted) : alone;
    }

    private static FolderVerdict store(Path folder) {
        if (!RocksVault.isIn(folder)) {
            return new FolderVerdict(FolderVerdict.Finding.EMPTY, folder, "");
        }
        try {
            return new FolderVerdict(
                    FolderVerdict.Finding.STORE, folder, Long.toString(RocksVault.mailboxesIn(folder)));
        } catch (StoreFailure broken) {
            return new FolderVerdict(FolderVerdict.Finding.DENIED, folder, String.valueOf(broken.getMessage()));
        }
    }

    /** Whether the server has had mailboxes, and the folder in which they were has none any more. */
    boolean isStoreLost() {
        return Optional.ofNullable(confirmed.get(FolderUse.MESSAGE_STORE))
                .filter(known -> !RocksVault.isIn(known.in(home)))
                .isPresent();
    }

    /**
     * Throws AgentRefused when the message store in use is gone: a new one in its place would look as if all mail were
     * deleted.
     */
    void checkStore() {
        FolderPath known = confirmed.get(FolderUse.MESSAGE_STORE);
        Optional<Path> chosen = path(FolderUse.MESSAGE_STORE);
        if (known != null && chosen.equals(Optional.of(known.in(home))) && isStoreLost()) {
            throw new AgentRefused(
                    FolderUse.MESSAGE_STORE.option(),
                    "The folder " + known.in(home) + " no longer contains the mailboxes of " + server.leaf()
                            + ". Restore the folder, for example by mounting its volume. To start without the "
                            + "mailboxes, enter another folder.");
        }
    }

    /** The folders in use have proved to be usable: they are remembered. */
    void confirm() {
        try {
            remember();
        } catch (StoreFailure failed) {
            LOG.warn("The folders in use of {} cannot be recorded: {}", server.leaf(), failed.getMessage());
        }
        confirmed = inUse;
    }

    private void remember() {
        if (!inUse.equals(confirmed) || record.read().isEmpty()) {
            var lines = new HashMap<String, String>();
            inUse.forEach((use, folder) -> lines.put(use.option(), folder.text()));
            record.write(lines);
            LOG.info("{} uses these folders of {}: {}", server.leaf(), home, lines);
        }
    }

    /**
     * A folder that was chosen cannot be opened after all. Returns whether the server goes back to the one before; the
     * new one is not tried again until {@link #forgive}.
     */
    boolean goBack(FolderUse use, String reason) {
        FolderPath chosen = inUse.get(use);
        FolderPath former = confirmed.get(use);
        if (chosen == null || former == null || chosen.in(home).equals(former.in(home))) {
            return false;
        }
        unopened.put(use, chosen);
        unopenedReasons.put(use, reason);
        put(use, former);
        return true;
    }

    /** What could not be opened is tried again. */
    void forgive() {
        unopened.clear();
        unopenedReasons.clear();
    }

    /** The server is no longer of this host. */
    void release() {
        claims.remove(server);
    }
}
