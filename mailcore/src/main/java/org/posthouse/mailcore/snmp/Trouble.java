package org.posthouse.mailcore.snmp;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthouse.mailcore.status.FolderSpace;
import org.posthouse.mailcore.status.ServerBoard;
import org.posthouse.schema.panel.NmapParameters;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Kind;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * What became worse since the last look: an agent went down, the disk runs full or will be soon, passwords are being guessed. Each is
 * told once, and again when it was well in between.
 */
final class Trouble {

    /** What is to be told: the notification and what belongs to it. */
    record News(OID kind, List<VariableBinding> details) {}

    // So many wrong passwords between two looks are no slip of the finger.
    private static final long GUESSES = 5;

    private final Map<Kind, Boolean> down = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> guesses = new EnumMap<>(Kind.class);
    private final Set<String> filling = new HashSet<>();
    private boolean full;

    /** Looks at how things are. */
    List<News> since(Watched watched) {
        var news = new ArrayList<News>();
        disk(watched, news);
        filling(watched, news);
        watched.board()
                .ifPresent(board -> board.agents().forEach(agent -> {
                    agent(agent, news);
                    passwords(agent, news);
                }));
        return news;
    }

    private void disk(Watched watched, List<News> news) {
        long least =
                watched.settings().page(Kind.NMAP_AGENT, NmapParameters.class).minimumSpace();
        boolean now = watched.free() >= 0 && watched.free() >> 10 < least;
        if (now && !full) {
            news.add(new News(
                    PosthouseMib.DISK_LOW,
                    List.of(binding(PosthouseMib.DISK_FREE, new Gauge32(Math.max(0, watched.free() >> 10))))));
        }
        full = now;
    }

    // Folders on one volume fill up together.
    private void filling(Watched watched, List<News> news) {
        var now = new HashSet<String>();
        for (FolderSpace folder : watched.filling()) {
            if (now.add(folder.volume()) && !filling.contains(folder.volume())) {
                news.add(new News(
                        PosthouseMib.DISK_FILLING,
                        List.of(
                                binding(
                                        PosthouseMib.folderPath(folder),
                                        text(folder.path().toString())),
                                binding(
                                        PosthouseMib.folderHoursLeft(folder),
                                        new Integer32(PosthouseMib.hoursLeft(folder, watched.now()))))));
            }
        }
        filling.clear();
        filling.addAll(now);
    }

    private void agent(ServerBoard.AgentBoard agent, List<News> news) {
        State state = agent.standing().state();
        boolean now = state.isTrouble() || state == State.WAITING;
        if (now && !Boolean.TRUE.equals(down.put(agent.kind(), true))) {
            news.add(new News(
                    PosthouseMib.AGENT_DOWN,
                    List.of(
                            binding(
                                    PosthouseMib.agentName(agent.kind()),
                                    text(agent.kind().label())),
                            binding(
                                    PosthouseMib.agentReason(agent.kind()),
                                    text(agent.standing().reason())))));
        } else if (!now) {
            down.remove(agent.kind());
        }
    }

    private void passwords(ServerBoard.AgentBoard agent, List<News> news) {
        Long failed = agent.live().get().figures().get("loginsFailed");
        if (failed == null) {
            return;
        }
        Long before = guesses.put(agent.kind(), failed);
        if (before != null && failed - before >= GUESSES) {
            news.add(new News(
                    PosthouseMib.ILLEGAL_ACCESS,
                    List.of(binding(
                            PosthouseMib.agentName(agent.kind()),
                            text(agent.kind().label())))));
        }
    }

    private static VariableBinding binding(OID at, Variable value) {
        return new VariableBinding(at, value);
    }

    private static OctetString text(String text) {
        return new OctetString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
