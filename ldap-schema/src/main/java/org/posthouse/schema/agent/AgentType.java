package org.posthouse.schema.agent;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.status.Evidence;
import org.posthouse.schema.value.Place;

/**
 * What an agent declares about itself. Schema, console, API, command line, SNMP, and engine read it here, so that none of
 * them names agents one by one. An instance has no state.
 *
 * <p>What the agent does is in the engine: its factory there belongs to the same kind.
 */
public interface AgentType {

    /** Its name in texts and icons, lower case: "smtp". */
    String id();

    /** NetMail's name, which is also the fixed name of its object: "SMTP Agent". */
    String label();

    /** The structural object class of its entries. */
    String objectClass();

    /** The last number of the OID of that class. It is never changed or used again. */
    int classNumber();

    /** Its row in every table of POSTHOUSE-MIB, from 2 on. It is never changed or used again. */
    int mibRow();

    /** The edition to which it belongs. */
    Edition edition();

    /** The symbol in the icon sheet that stands for it. */
    default String icon() {
        return id();
    }

    /** Whether this version has it. Where it does not, nobody can create one, and entries of others stay as they are. */
    default boolean isAvailable() {
        return true;
    }

    /** Its option pages in the order of the tabs, without the Status page, which every agent has. */
    default List<Class<? extends Record>> pages() {
        return List.of();
    }

    /** What it cannot work without: it starts after the agent that provides this, and waits while that does not run. */
    default Set<Need> needs() {
        return Set.of();
    }

    /** What it provides to the other agents of its server. */
    default Set<Need> provides() {
        return Set.of();
    }

    /** Where it listens; empty for an agent without ports. */
    default List<PortUse> ports() {
        return List.of();
    }

    /** The stages of the queue at which it works on mail, in NetMail's numbers; empty for an agent that does not. */
    default Set<Integer> stages() {
        return Set.of();
    }

    /** Whether every new messaging server is given one unless its administrator decides otherwise. */
    default boolean isSuggested() {
        return false;
    }

    /** What people lose while it does not run although it should. */
    default Loss loss() {
        return Loss.SERVICE;
    }

    /** What the wizard asks before it creates one, step by step; empty when it needs no answers. */
    default List<Question> questions() {
        return List.of();
    }

    /** The line on the wire by which the agent shows the value of an option of its own, or of its server. */
    default Evidence evidence(String option) {
        return Evidence.NONE;
    }

    /**
     * What values of a page break together with other objects. This runs wherever the page is about to change: console,
     * wizard, file, API, and engine. A page that several agents have cannot have such rules.
     *
     * @param agent the distinguished name of the agent
     * @param page one of its pages
     * @param servers all messaging servers, including its own; the first call reads them
     */
    default List<Problem> check(Place agent, Record page, Supplier<List<ServerView>> servers) {
        return List.of();
    }
}
