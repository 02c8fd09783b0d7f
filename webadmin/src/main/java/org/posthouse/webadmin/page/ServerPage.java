package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.tree.Entry;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Board.Obedience;
import org.posthouse.webadmin.table.Columns;

/** The agents on the page of a messaging server. */
@Named
@RequestScoped
public class ServerPage {

    @Inject
    private ObjectPage objectPage;

    @Inject
    private IndexPage indexPage;

    @Inject
    private StatusPage statusPage;

    @Inject
    private TablePage tablePage;

    private @Nullable Table<Entry> agents;

    /** The agents of the server, in NetMail's order. */
    public Table<Entry> getAgents() {
        Table<Entry> known = agents;
        if (known == null) {
            known = tablePage.inOrder(
                    "agents",
                    indexPage.agents(objectPage.getEntry()),
                    Columns.<Entry>none()
                            .text("name", Entry::name)
                            .text("state", agent -> statusPage.stateWords(statusPage.state(agent)))
                            .number(
                                    "applied",
                                    agent -> statusPage
                                            .obedience(agent.place())
                                            .map(Obedience::obeyed)
                                            .orElse(0L))
                            .ranked("listening", agent -> "", Comparator.comparingInt(this::port))
                            .number(
                                    "sessions",
                                    agent -> seen(agent)
                                            .map(Board.Agent::sessions)
                                            .orElse(0L)));
            agents = known;
        }
        return known;
    }

    private Optional<Board.Agent> seen(Entry agent) {
        return Optional.ofNullable(statusPage.agent(agent.place()));
    }

    // The lowest port it listens on; last while it listens on none.
    private int port(Entry agent) {
        return seen(agent).stream()
                .flatMap(board -> board.listening().stream())
                .mapToInt(address -> Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)))
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
