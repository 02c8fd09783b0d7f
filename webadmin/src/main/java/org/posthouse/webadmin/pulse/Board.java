package org.posthouse.webadmin.pulse;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.posthouse.schema.login.Guesser;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * The status board of one engine as last read.
 *
 * @param seq number of this state; the next one is higher
 * @param host the engine's name of itself
 * @param version version of the engine
 * @param java version of its Java
 * @param started since when it runs
 * @param directory "following", "polling", "older" than the settings in use, or "down": how it learns of changes
 * @param directoryRevision the revision of the directory that it applied last
 * @param guessers the addresses from which passwords are guessed there
 * @param servers the messaging servers it runs
 */
public record Board(
        long seq,
        String host,
        String version,
        String java,
        Optional<Instant> started,
        String directory,
        long directoryRevision,
        List<Guesser> guessers,
        List<Server> servers) {

    /** Whether the directory is older than the settings in use, which the engine keeps until an administrator decides. */
    public boolean isDirectoryOlder() {
        return directory.equals("older");
    }

    /**
     * A value that an engine could not apply.
     *
     * @param option the option's name; "" when the engine blames none
     * @param value the value that was refused; "" when the engine does not say
     * @param reason why, as a sentence
     * @param since since when; empty when the engine does not say
     * @param revision the revision that asked for it
     */
    public record Refusal(String option, String value, String reason, Optional<Instant> since, long revision) {}

    /**
     * Desired and actual state of a server or an agent.
     *
     * @param state what it does
     * @param reason why, when it is not as wanted
     * @param wanted the revision the directory asks for
     * @param tried the revision that state, reason and refusals are about; lower while the engine has not come to it
     * @param triedAt when the engine last acted on settings
     * @param obeyed the revision in force
     * @param obeyedAt since when
     * @param leavesAt when sessions that still run are ended, while it lets them finish
     * @param refusals the values it could not apply
     */
    public record Obedience(
            State state,
            String reason,
            long wanted,
            long tried,
            Optional<Instant> triedAt,
            long obeyed,
            Optional<Instant> obeyedAt,
            Optional<Instant> leavesAt,
            List<Refusal> refusals) {

        /** Takes a copy. */
        public Obedience {
            refusals = List.copyOf(refusals);
        }

        /** Whether what is wanted is in force, as far as the engine says. */
        public boolean isCurrent() {
            return obeyed >= wanted && refusals.isEmpty();
        }

        /** Whether it could not do what a revision asks; false while the engine has not come to that revision. */
        public boolean isRefused(long revision) {
            return tried >= revision && (state.isTrouble() || !refusals.isEmpty());
        }

        /** Why it is not as wanted: the engine's reason, or those of the refusals; "" when it is. */
        public String why() {
            return reason.isEmpty()
                    ? refusals.stream().map(Refusal::reason).distinct().collect(Collectors.joining(" "))
                    : reason;
        }
    }

    /**
     * A messaging server.
     *
     * @param place where it stands
     * @param name its name
     * @param obedience what it obeys
     * @param agents its agents
     * @param queue its queue
     * @param postmaster how its postmaster's mailbox stands; empty while its engine does not say
     * @param acme how its certificate from an ACME authority stands; empty while nothing is wanted of one
     * @param statistics what its agents counted
     * @param runsSince since when it runs, while it does
     */
    public record Server(
            Place place,
            String name,
            Obedience obedience,
            List<Agent> agents,
            Queue queue,
            Optional<Postmaster> postmaster,
            Optional<Acme> acme,
            Optional<Statistics> statistics,
            Optional<Instant> runsSince) {

        /** Sessions open now at all its agents. */
        public long sessions() {
            return agents.stream().mapToLong(Agent::sessions).sum();
        }
    }

    /**
     * Whether anybody reads what is sent to a server's postmaster.
     *
     * @param mailbox the name of the mailbox
     * @param opened when its owner last opened it; empty when nobody ever did
     */
    public record Postmaster(String mailbox, Optional<Instant> opened) {}

    /**
     * How a server's certificate from an ACME authority stands.
     *
     * @param state the engine's word: waiting, ordering, failed
     * @param reason what it does at this moment, or why it failed
     * @param since since when
     * @param next when it asks for one the next time
     */
    public record Acme(String state, String reason, Optional<Instant> since, Optional<Instant> next) {}

    /**
     * An agent of a messaging server.
     *
     * @param place where it stands
     * @param kind which agent
     * @param obedience what it obeys
     * @param listening addresses with ports
     * @param figures counters by name
     * @param notes what an administrator should know
     */
    public record Agent(
            Place place,
            Kind kind,
            Obedience obedience,
            List<String> listening,
            Map<String, Long> figures,
            List<String> notes) {

        /** Sessions open now. */
        public long sessions() {
            return figures.getOrDefault("sessions", 0L);
        }
    }

    /**
     * Figures of a queue since its engine started.
     *
     * @param waiting messages in it now
     * @param oldestSeconds how long the oldest waits
     * @param taken messages taken in
     * @param delivered to mailboxes here
     * @param relayed to other hosts
     * @param bounced returned to their senders
     * @param stages messages at each of the ten stages now
     */
    public record Queue(
            long waiting,
            long oldestSeconds,
            long taken,
            long delivered,
            long relayed,
            long bounced,
            List<Long> stages) {

        /** A queue of nothing. */
        public static final Queue NONE = new Queue(0, 0, 0, 0, 0, 0, List.of());

        /** Two queues as one. */
        public Queue plus(Queue other) {
            return new Queue(
                    waiting + other.waiting,
                    Math.max(oldestSeconds, other.oldestSeconds),
                    taken + other.taken,
                    delivered + other.delivered,
                    relayed + other.relayed,
                    bounced + other.bounced,
                    List.of());
        }
    }
}
