package org.posthouse.mailcore.engine;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.store.InUseRecord;
import org.posthouse.mailcore.store.StoreFailure;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.panel.ServerSecurity;
import org.posthouse.schema.panel.ServerSnmp;
import org.posthouse.schema.panel.ServerStatus;
import org.posthouse.schema.tree.Agent;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.tree.MessagingServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers on disk with which settings an agent, or the SNMP side of a server, last listened, so that one whose new port
 * or address is refused when it starts listens where it did before. Used by the thread of the server alone.
 */
final class ListeningRecord {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningRecord.class);
    private static final String REVISION = "revision";
    private static final Set<String> OPTIONS =
            Set.of("ipAddress", "forceBind", "sslAndTls", "port", "sslPort", "submissionPort", "snmpPort");
    private static final Set<Class<?>> OF_SERVER_AND_AGENT = Set.of(ServerStatus.class, ServerSecurity.class);
    private static final Set<Class<?>> OF_SNMP = Set.of(ServerStatus.class, ServerSnmp.class);

    private final Optional<Kind> agent;
    private final InUseRecord file;
    private final Map<String, String> known;

    private ListeningRecord(Path serverHome, Optional<Kind> agent) {
        this.agent = agent;
        String who =
                agent.map(Kind::name).orElse("snmp").toLowerCase(Locale.ROOT).replace('_', '-');
        this.file = new InUseRecord(serverHome, "listening-" + who);
        this.known = remembered();
    }

    /** Of an agent of a server with this home; reads what is remembered there. */
    static ListeningRecord of(Path serverHome, Kind agent) {
        return new ListeningRecord(serverHome, Optional.of(agent));
    }

    /** Of the SNMP side of a server. */
    static ListeningRecord ofSnmp(Path serverHome) {
        return new ListeningRecord(serverHome, Optional.empty());
    }

    private Map<String, String> remembered() {
        try {
            return new TreeMap<>(file.read());
        } catch (StoreFailure unreadable) {
            LOG.warn("The ports last used are not known: {}", unreadable.getMessage());
            return new TreeMap<>();
        }
    }

    /** It listens as these settings say; writes that down when it is news. */
    void keep(Snapshot applied) {
        var values = new TreeMap<String, String>();
        pages(applied.server())
                .forEach((type, page) -> facts(type).options().stream()
                        .filter(option -> OPTIONS.contains(option.name()))
                        .forEach(option -> values.put(option.name(), String.join("", option.textsIn(page)))));
        values.put(REVISION, Long.toString(revision(applied.server())));
        if (values.equals(known)) {
            return;
        }
        known.clear();
        known.putAll(values);
        try {
            file.write(values);
        } catch (StoreFailure failed) {
            LOG.warn("The ports in use cannot be recorded: {}", failed.getMessage());
        }
    }

    /** These settings with the ports and addresses that were last in use; empty when they are the same, or unknown. */
    Optional<Snapshot> former(Snapshot wanted) {
        try {
            if (known.isEmpty()) {
                return Optional.empty();
            }
            MessagingServer server = former(wanted.server());
            return pages(server).equals(pages(wanted.server()))
                    ? Optional.empty()
                    : Optional.of(new Snapshot(server, wanted.seen(), wanted.revision(), wanted.since()));
        } catch (Refused | NumberFormatException unreadable) {
            LOG.debug("The ports last used cannot be used", unreadable);
            return Optional.empty();
        }
    }

    private MessagingServer former(MessagingServer wanted) {
        long revision = Long.parseLong(known.getOrDefault(REVISION, "0"));
        Map<Class<?>, Record> own = new HashMap<>(wanted.pages());
        Map<Class<?>, Record> ofAgent = new HashMap<>();
        pages(wanted).forEach((type, page) -> {
            Map<Class<?>, Record> pages = own.containsKey(type) ? own : ofAgent;
            pages.put(type, former(facts(type), page));
        });
        Map<Kind, Agent> agents = new EnumMap<>(Kind.class);
        agents.putAll(wanted.agents());
        agent.flatMap(wanted::agent)
                .ifPresent(now -> agents.put(
                        now.kind(),
                        new Agent(now.place(), now.kind(), Math.min(revision, now.revision()), Map.copyOf(ofAgent))));
        return new MessagingServer(wanted.place(), Math.min(revision, wanted.revision()), Map.copyOf(own), agents);
    }

    private Record former(PanelFacts<?> facts, Record page) {
        Map<String, List<String>> texts = facts.options().stream()
                .collect(Collectors.toMap(
                        option -> option.name(),
                        option -> OPTIONS.contains(option.name()) && known.containsKey(option.name())
                                ? List.of(known.getOrDefault(option.name(), ""))
                                : option.textsIn(page)));
        return facts.read(texts);
    }

    private Map<Class<?>, Record> pages(MessagingServer server) {
        Map<Class<?>, Record> pages = new HashMap<>(server.pages());
        pages.keySet().retainAll(agent.isPresent() ? OF_SERVER_AND_AGENT : OF_SNMP);
        agent.flatMap(server::agent).ifPresent(known -> pages.putAll(known.pages()));
        return pages;
    }

    private long revision(MessagingServer server) {
        return agent.flatMap(server::agent).map(server::wanted).orElseGet(server::revision);
    }

    private static PanelFacts<?> facts(Class<?> type) {
        return Kind.catalogue().panel(type.asSubclass(Record.class));
    }
}
