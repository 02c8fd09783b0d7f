package org.posthouse.webadmin.page;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.JsonObject;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.form.ObjectNames;
import org.posthouse.webadmin.login.Visitor;
import org.posthouse.webadmin.pulse.Declined;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.table.Columns;
import org.posthouse.webadmin.words.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mailboxes of former users on the page of an NMAP Agent: what is in them, and what becomes of them. The engine lets only
 * Server Managers of its server see them.
 */
@Named
@ViewScoped
public class MailboxesPage implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(MailboxesPage.class);

    /**
     * A mailbox without a user.
     *
     * @param name of the mailbox
     * @param owner the name of its former user
     * @param messages how many messages are in it
     * @param octets their size
     * @param since when it was set aside; empty when it was not, or nobody noted it
     * @param opened when its owner last opened it; empty for never
     */
    public record Former(
            String name, String owner, long messages, long octets, Optional<Instant> since, Optional<Instant> opened) {

        private static Former of(JsonObject told) {
            return new Former(
                    told.getString("mailbox"),
                    told.getString("owner", told.getString("mailbox")),
                    told.getJsonNumber("messages").longValue(),
                    told.getJsonNumber("octets").longValue(),
                    time(told.getString("since", "")),
                    time(told.getString("opened", "")));
        }

        private static Optional<Instant> time(String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        }
    }

    @Inject
    private Visitor visitor;

    @Inject
    private Banner banner;

    @Inject
    private Words words;

    @Inject
    private Pulse pulse;

    @Inject
    private ObjectPage objectPage;

    @Inject
    private TablePage tablePage;

    @Inject
    private HostPage hostPage;

    private transient List<Former> found = List.of();
    private transient @Nullable Former chosen;
    private boolean listed;
    private boolean complete = true;
    private String refusal = "";
    private String heir = "";
    private String typed = "";
    private String problem = "";

    private Place server() {
        return objectPage.getEntry().place().parent().orElseThrow();
    }

    /** Asks the engine for them. */
    public void list() {
        banner.during(() -> {
            visitor.directory();
            refusal = "";
            try {
                JsonObject told = pulse.formerMailboxes(server(), Place.of(visitor.getPlace()));
                found = told.getJsonArray("mailboxes").getValuesAs(JsonObject.class).stream()
                        .map(Former::of)
                        .toList();
                complete = told.getBoolean("complete", true);
                listed = true;
            } catch (Declined declined) {
                found = List.of();
                listed = false;
                refusal = String.valueOf(declined.getMessage());
            }
        });
    }

    /** The table, in the order of the names. */
    public Table<Former> getTable() {
        return tablePage.of(
                "mailboxes",
                new ArrayList<>(found),
                Columns.<Former>none()
                        .text("name", Former::name)
                        .number("messages", Former::messages)
                        .number("size", Former::octets)
                        .number("since", mailbox -> seconds(mailbox.since()))
                        .number("opened", mailbox -> seconds(mailbox.opened())));
    }

    private static long seconds(Optional<Instant> at) {
        return at.map(Instant::getEpochSecond).orElse(0L);
    }

    /** A day; "–" for none. */
    public String day(Optional<Instant> at) {
        return at.map(words::day).orElse("–");
    }

    /** A size as people say it, to the next kilobyte where it is small. */
    public String size(long octets) {
        return octets < 1 << 20 ? (octets + 1023) / 1024 + " KB" : hostPage.size(octets);
    }

    /** Begins to ask what becomes of a mailbox. */
    public void choose(Former mailbox) {
        chosen = mailbox;
        heir = "";
        typed = "";
        problem = "";
    }

    /** Hands the mail over to the user who is named. */
    public void handOver() {
        Former mailbox = chosen;
        if (mailbox == null) {
            return;
        }
        if (heir.isBlank()) {
            problem = words.of("mailboxes.noHeir");
            return;
        }
        act(() -> {
            String user = Links.leafOf(new ObjectNames(visitor.directory()).resolved(Set.of(Kind.USER), heir.strip()));
            JsonObject told = pulse.handOver(server(), Place.of(visitor.getPlace()), mailbox.name(), user);
            LOG.info("{} handed the mailbox {} over to {}", visitor.getPlace(), mailbox.name(), user);
            banner.say("good", words.of("mailboxes.handedOver", mailbox.name(), user, told.getString("folder")));
        });
    }

    /** Removes the mailbox for good once its name is typed. */
    public void remove() {
        Former mailbox = chosen;
        if (mailbox == null) {
            return;
        }
        if (!typed.strip().equals(mailbox.name())) {
            problem = words.of("mailboxes.notTyped", mailbox.name());
            return;
        }
        act(() -> {
            pulse.rmbox(server(), Place.of(visitor.getPlace()), mailbox.name(), true);
            LOG.info("{} removed the mailbox {}", visitor.getPlace(), mailbox.name());
            banner.say("good", words.of("mailboxes.removed", mailbox.name()));
        });
    }

    private void act(Runnable act) {
        problem = "";
        banner.during(() -> {
            visitor.directory();
            try {
                act.run();
                chosen = null;
            } catch (Declined declined) {
                problem = String.valueOf(declined.getMessage());
            }
        });
        if (problem.isEmpty()) {
            list();
        }
    }

    /** The mailbox that is asked about; null for none. */
    public @Nullable Former getChosen() {
        return chosen;
    }

    /** Whether the engine was asked and answered. */
    public boolean isListed() {
        return listed;
    }

    /** Whether the server has more mailboxes than were looked at. */
    public boolean isCut() {
        return !complete;
    }

    /** Why the engine does not list them; "" when it does. */
    public String getRefusal() {
        return refusal;
    }

    /** What is wrong with the answer; "" for nothing. */
    public String getProblem() {
        return problem;
    }

    public String getHeir() {
        return heir;
    }

    public void setHeir(@Nullable String heir) {
        this.heir = heir == null ? "" : heir;
    }

    public String getTyped() {
        return typed;
    }

    public void setTyped(@Nullable String typed) {
        this.typed = typed == null ? "" : typed;
    }
}
