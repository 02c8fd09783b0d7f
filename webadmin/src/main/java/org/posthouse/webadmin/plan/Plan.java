package org.posthouse.webadmin.plan;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/**
 * What steps would do, worked out before anything is written.
 *
 * @param steps what is to be written, one step for each object: makes, parents first, then alters, then removes; what
 *     stands already as it is wanted is in none of them
 * @param differences the values that change, object by object
 * @param made the objects that come
 * @param removed the objects that go
 * @param touches the agents that do something else than obey at once
 * @param mailboxes of each messaging server that is touched, the mailboxes of its contexts
 * @param people who gains and who loses mail or a login
 * @param dependents objects that name what changes or goes
 * @param flaws what stands against it; nothing is carried out while there is one
 * @param warnings what is worth knowing without being wrong
 * @param stood every object concerned as it stood, under the revision that is checked again before the first write
 */
public record Plan(
        List<Step> steps,
        List<Difference> differences,
        List<Made> made,
        List<Removed> removed,
        List<Touch> touches,
        Map<Place, Count> mailboxes,
        PeopleImpact people,
        List<Dependent> dependents,
        List<Flaw> flaws,
        List<Warning> warnings,
        Map<Place, Entry> stood) {

    /** What stands in place of a secret. */
    public static final String MASK = "•••";

    /** The plan that does nothing. */
    public static final Plan NOTHING = new Plan(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            PeopleImpact.NONE,
            List.of(),
            List.of(),
            List.of(),
            Map.of());

    /** Takes copies. */
    public Plan {
        steps = List.copyOf(steps);
        differences = List.copyOf(differences);
        made = List.copyOf(made);
        removed = List.copyOf(removed);
        touches = List.copyOf(touches);
        mailboxes = Map.copyOf(mailboxes);
        dependents = List.copyOf(dependents);
        flaws = List.copyOf(flaws);
        warnings = List.copyOf(warnings);
        stood = Map.copyOf(stood);
    }

    /** The same with more warnings. */
    public Plan and(List<Warning> more) {
        return Withheld.from(plus(more));
    }

    /** The same with what it does to people worked out anew. */
    Plan with(PeopleImpact impact) {
        return Withheld.from(new Plan(
                steps, differences, made, removed, touches, mailboxes, impact, dependents, flaws, warnings, stood));
    }

    private Plan plus(List<Warning> more) {
        return new Plan(
                steps,
                differences,
                made,
                removed,
                touches,
                mailboxes,
                people,
                dependents,
                flaws,
                Stream.concat(warnings.stream(), more.stream()).toList(),
                stood);
    }

    /** How many writes it takes, each of which happens completely or not at all. */
    public int parts() {
        return Work.of(this, "", Instant.EPOCH, AfterInterruption.ROLL_BACK).parts();
    }

    /** Whether nothing would be written. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Whether nothing stands against it. */
    public boolean isSound() {
        return flaws.isEmpty();
    }

    /** How many objects go, with everything in them. */
    public Count goes() {
        return new Count(
                removed.stream().mapToInt(gone -> gone.total().number()).sum(),
                removed.stream().anyMatch(gone -> gone.total().more()));
    }

    /** Sessions open now at agents that leave their ports, restart or stop. */
    public long sessions() {
        return touches.stream().mapToLong(Touch::sessions).sum();
    }

    /** The agents that do this. */
    public List<Touch> touches(Act act) {
        return touches.stream().filter(touch -> touch.act() == act).toList();
    }

    /** The problems alone, for those who know the object. */
    public List<Problem> problems() {
        return flaws.stream().map(Flaw::problem).toList();
    }

    /** What an agent does. */
    public enum Act {
        /** It listens anew; its sessions end by themselves. */
        REBIND,
        /** It drains its sessions and starts again. */
        RESTART,
        /** It starts. */
        START,
        /** It drains its sessions and ends. */
        STOP
    }

    /**
     * A value that changes.
     *
     * @param object whose page shows it; for contexts the NMAP Agent
     * @param kind what that object is
     * @param panel the page; "" for an attribute that is on none
     * @param option the option; empty for an attribute that is none
     * @param attribute the directory's attribute
     * @param before the texts as they stood, the default where there were none; a secret masked
     * @param after the texts as wanted, likewise
     * @param added the values of a list that come new
     * @param removed the values of a list that go
     */
    public record Difference(
            Place object,
            Kind kind,
            String panel,
            Optional<OptionFacts> option,
            String attribute,
            List<String> before,
            List<String> after,
            List<String> added,
            List<String> removed) {

        /** What it asks of an engine. */
        public Effect effect() {
            return option.map(OptionFacts::effect).orElse(Effect.LIVE);
        }
    }

    /**
     * An object that comes.
     *
     * @param place where
     * @param kind what it is
     */
    public record Made(Place place, Kind kind) {}

    /**
     * An object that goes.
     *
     * @param place where it stands
     * @param kind what it is
     * @param inside some of what stands in it and goes along
     * @param more whether there is more than that
     * @param total how many objects go, with itself and everything below it
     */
    public record Removed(Place place, Kind kind, List<Place> inside, boolean more, Count total) {}

    /**
     * An agent that does something.
     *
     * @param server its messaging server
     * @param agent which agent
     * @param kind its kind
     * @param host on which host; empty when the server names none
     * @param act what it does
     * @param sessions sessions open at it now
     */
    public record Touch(Place server, Place agent, Kind kind, Optional<Place> host, Act act, long sessions) {}

    /**
     * A number that was counted up to a limit.
     *
     * @param number how many at least
     * @param more whether there are more
     */
    public record Count(int number, boolean more) {}

    /**
     * An object that names one that changes or goes.
     *
     * @param object which object
     * @param kind what it is
     * @param option the option that names it
     * @param named what it names
     */
    public record Dependent(Place object, Kind kind, OptionFacts option, Place named) {}

    /**
     * What stands against the plan.
     *
     * @param object at which object
     * @param problem option, value and reason
     * @param rule which kind of rule it is
     */
    public record Flaw(Place object, Problem problem, Rule rule) {

        /** Against a value. */
        public Flaw(Place object, Problem problem) {
            this(object, problem, Rule.VALUE);
        }
    }

    /** Which kind of rule stands against a plan. */
    public enum Rule {
        /** A value, a page or the values of several objects do not fit. */
        VALUE,
        /** The installation makes the object, and nobody deletes it. */
        FIXED,
        /** Whoever deletes it, or this console, would be deleted with it. */
        OWN,
        /** Another object needs what would be deleted. */
        NEEDED
    }

    /**
     * What is worth knowing.
     *
     * @param object about which object
     * @param option about which option; "" for the object as a whole
     * @param about what it is
     * @param value the value or name it is about
     * @param reason more words, such as why an engine does not answer; may be ""
     */
    public record Warning(Place object, String option, About about, String value, String reason) {}

    /** What a warning is about. */
    public enum About {
        /** No engine ever ran on the host, so nobody obeys. */
        NO_ENGINE,
        /** The engine does not answer, so it obeys when it does again. */
        ENGINE_SILENT,
        /** The messaging server is disabled: not obeyed until it is started. */
        SERVER_DISABLED,
        /** The agent is disabled: not obeyed until it is started. */
        AGENT_DISABLED,
        /** The port takes a permission that the engine lacks. */
        PORT_FORBIDDEN,
        /** Something else listens at the port. */
        PORT_TAKEN,
        /** An agent of this system listens at the port; the reason names it. */
        PORT_USED,
        /** The address is none of the host's. */
        ADDRESS_ABSENT,
        /** The resolver does not answer. */
        RESOLVER_SILENT,
        /** The domain has no MX record, so mail from outside does not find here. */
        NO_MX,
        /** The folder belongs to the operating system. */
        FOLDER_SYSTEM,
        /** The folder is a link, or leads elsewhere by one; the reason says where. */
        FOLDER_LINK,
        /** A file is in the way of the folder; the reason names it. */
        FOLDER_FILE,
        /** The folder can be neither created nor written; the reason says why. */
        FOLDER_DENIED,
        /** The volume of the folder is full; the reason says how much is free. */
        FOLDER_FULL,
        /** Everybody can write in the folder. */
        FOLDER_OPEN,
        /** Something else works in the folder; the reason says what. */
        FOLDER_USED,
        /** The message store starts without mail; the reason says how many mailboxes stay in the old folder. */
        STORE_EMPTY,
        /** The message store starts without mail, and the mailboxes in the old folder are gone. */
        STORE_LOST,
        /** The folder has a message store; the reason says how many mailboxes are in it. */
        STORE_FOUND,
        /** The server moves to another host and its mailboxes do not; the reason says how many. */
        MAILBOXES_STAY,
        /** The agents stop, and no engine ever ran on the new host; the reason names the server. */
        HOST_WITHOUT_ENGINE,
        /** The agents stop, and the engine of the new host does not answer; the reason names the server. */
        HOST_SILENT,
        /** The host of the server does not find this host name. */
        HOST_UNKNOWN,
        /** The certificate does not cover this name. */
        NAME_NOT_COVERED,
        /** The mailbox of a user who goes stays. */
        MAILBOX_STAYS,
        /** A mailbox of the name of a new user exists; it is set aside when the user's own begins. */
        MAILBOX_SET_ASIDE,
        /** The new user gets the mailbox of that name that exists. */
        MAILBOX_HANDED_OVER,
        /** The engine that would know of a mailbox does not answer. */
        MAILBOX_UNKNOWN,
        /** Nobody could tell in time. */
        NOT_ANSWERED
    }
}
