package org.posthouse.schema.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of many things that are alike, a few are named and the others counted. */
class GroupingTest {

    @Test
    void aFewOfEachKindAreNamedAndTheOthersCounted() {
        List<Integer> numbers = IntStream.range(0, 10_000).boxed().toList();
        var groups = Grouping.by(numbers, number -> number % 10 == 0);
        assertEquals(2, groups.size());
        assertEquals(new Grouping<>(List.of(0, 10, 20), 1_000), groups.getFirst());
        assertEquals(997, groups.getFirst().more());
        assertEquals(8_997, groups.getLast().more());
    }

    @Test
    void nothingIsCountedThatCouldBeNamedInItsPlace() {
        assertEquals(
                List.of(new Grouping<>(List.of("a", "b", "c", "d"), 4)),
                Grouping.by(List.of("a", "b", "c", "d"), any -> "letter"));
        assertEquals(List.of(), Grouping.by(List.of(), any -> ""));
    }
}
