package org.posthouse.schema.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.panel.UserIdentification;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.DomainName;
import org.posthouse.schema.value.IpAddress;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.TrapDestination;

/** What is said of a list with a wrong value in it. */
class ListValuesTest {

    private static final Map<Class<?>, List<String>> GOOD = Map.of(
            IpAddress.class, List.of("127.0.0.1", "2001:db8::1"),
            DomainName.class, List.of("example.com", "second.example"),
            TrapDestination.class, List.of("monitor.example.com:162", "192.0.2.1"),
            Place.class, List.of("cn=a,o=Acme", "cn=b,o=Acme"));
    private static final Map<Class<?>, List<String>> BAD = Map.of(
            IpAddress.class, List.of("not-an-ip", "10.1"),
            DomainName.class, List.of("*.example.com", "@x.example"),
            TrapDestination.class, List.of("nonsense", "x:99999"),
            Place.class, List.of("nobody", "=,="));

    @TestFactory
    Stream<DynamicTest> everyWrongValueIsNamedAndNoOther() {
        return Kind.catalogue().panels().stream()
                .flatMap(panel -> panel.options().stream()
                        .filter(option -> option.multiple() && option.type() != String.class)
                        .map(option -> DynamicTest.dynamicTest(
                                panel.name() + " " + option.name(), () -> namesTheWrongAlone(panel, option))));
    }

    private static void namesTheWrongAlone(PanelFacts<?> panel, OptionFacts option) {
        List<String> good = of(GOOD, option);
        List<String> bad = of(BAD, option);
        List<String> texts = List.of(good.get(0), bad.get(0), good.get(1), bad.get(1));
        assertEquals(
                bad,
                panel.problems(option.name(), texts).stream()
                        .map(Problem::value)
                        .toList());
        var whole = assertThrows(Refused.class, () -> panel.read(Map.of(option.name(), texts)));
        assertEquals(
                bad,
                whole.problems().stream()
                        .filter(problem -> problem.option().equals(option.name()))
                        .map(Problem::value)
                        .toList());
        assertTrue(panel.problems(option.name(), good).isEmpty());
    }

    private static List<String> of(Map<Class<?>, List<String>> samples, OptionFacts option) {
        return samples.entrySet().stream()
                .filter(each -> each.getKey() == option.type())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample of " + option.type()));
    }

    @Test
    void aListThatIsTooLongIsMeantAsAWhole() {
        List<String> many = IntStream.range(1, 20).mapToObj(i -> "192.0.2." + i).toList();
        Problem problem = Kind.catalogue()
                .panel(ServerIdentification.class)
                .problems("resolvers", many)
                .getFirst();
        assertEquals("", problem.value());
        assertEquals("can have at most 8 addresses", problem.reason());
    }

    @Test
    void aValueThatBreaksARuleOfItsOwnIsNamed() {
        String tooLong = IntStream.range(0, 1001).mapToObj(i -> "x").collect(Collectors.joining());
        List<Problem> problems =
                Kind.catalogue().panel(UserIdentification.class).problems("description", List.of("good", tooLong));
        assertEquals(List.of(tooLong), problems.stream().map(Problem::value).toList());
    }
}
