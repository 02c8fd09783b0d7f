package org.posthouse.schema.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.validation.constraints.AssertTrue;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.posthouse.schema.tree.Kind;

/** Every rule of a panel as a whole is about some of its options, and a problem with it leads to them. */
class ConcernsTest {

    @TestFactory
    Stream<DynamicTest> everyRuleNamesItsOptions() {
        return Kind.catalogue().panels().stream()
                .flatMap(panel -> Stream.of(panel.type().getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(AssertTrue.class))
                        .map(method -> DynamicTest.dynamicTest(
                                panel.name() + " " + method.getName(), () -> check(panel, method))));
    }

    private static void check(PanelFacts<?> panel, Method method) {
        String words = method.getAnnotation(AssertTrue.class).message();
        List<String> concerned = panel.concerned(new Problem("", "", words));
        assertFalse(concerned.isEmpty(), "@Concerns is missing");
        concerned.forEach(name ->
                assertEquals(name, panel.option(name).map(OptionFacts::name).orElse("no such option")));
    }
}
