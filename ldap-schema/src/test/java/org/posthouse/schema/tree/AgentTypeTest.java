package org.posthouse.schema.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthouse.schema.agent.AgentType;
import org.posthouse.schema.agent.Need;
import org.posthouse.schema.agent.PortUse;
import org.posthouse.schema.agent.Question;
import org.posthouse.schema.value.Place;

/** What every agent must declare about itself. */
class AgentTypeTest {

    @Test
    void noTwoAgentsShareAnIdAClassARowOrANumber() {
        assertDistinct(AgentType::id);
        assertDistinct(AgentType::label);
        assertDistinct(AgentType::objectClass);
        assertDistinct(AgentType::classNumber);
        assertDistinct(AgentType::mibRow);
    }

    private static void assertDistinct(Function<AgentType, Object> part) {
        var seen = new HashSet<Object>();
        Kind.agents().forEach(kind -> assertTrue(seen.add(part.apply(kind.agentType())), kind.toString()));
    }

    @ParameterizedTest
    @EnumSource(Need.class)
    void whatAgentsNeedIsProvidedByExactlyOne(Need need) {
        assertEquals(
                1,
                Kind.agents().stream()
                        .filter(kind -> kind.agentType().provides().contains(need))
                        .count());
    }

    @ParameterizedTest
    @MethodSource("agents")
    void everyPortIsFixedOrSetByAnOptionOfTheAgent(Kind kind) {
        for (PortUse port : kind.agentType().ports()) {
            assertTrue(port.option().isEmpty() != (port.number() == 0), port.toString());
            assertTrue(port.option().isEmpty() || hasOption(kind, port.option()), port.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("agents")
    void theWizardAsksForOptionsOfTheAgent(Kind kind) {
        for (Question question : kind.agentType().questions()) {
            assertTrue(hasOption(kind, question.option()), question.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("agents")
    void everyAgentHasTheStatusPageAtTheEnd(Kind kind) {
        assertEquals("agent-status", kind.panels().getLast().name());
    }

    private static boolean hasOption(Kind kind, String option) {
        return kind.panels().stream().anyMatch(panel -> panel.option(option).isPresent());
    }

    static Iterable<Kind> agents() {
        return Kind.agents();
    }

    @Test
    void optionsAcceptOnlyKindsThatExist() {
        Kind.catalogue()
                .options()
                .forEach(option -> assertEquals(
                        option.type() == Place.class
                                ? Math.max(1, option.accepts().size())
                                : 0,
                        Math.min(
                                Kind.accepted(option).size(),
                                Math.max(1, option.accepts().size())),
                        option.name()));
    }
}
