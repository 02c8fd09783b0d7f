package org.posthouse.webadmin.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The expressions of the pages call beans; no compiler sees whether these have what is called. */
class ExpressionsTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern EXPRESSION = Pattern.compile("#\\{([^}]*)}");
    private static final Pattern TEXT = Pattern.compile("'[^']*'");
    private static final Pattern CALL = Pattern.compile("(?<![\\w.])(\\w+)\\.(\\w+)");

    @Test
    void callOnlyWhatTheBeansHave() throws IOException {
        Map<String, Class<?>> beans = beans();
        assertTrue(beans.size() > 50, "the beans are found");
        List<String> missing = new ArrayList<>();
        int seen = 0;
        for (Path page : files(PAGES, ".xhtml")) {
            for (MatchResult call : calls(Files.readString(page))) {
                Class<?> bean = beans.get(call.group(1));
                if (bean != null) {
                    seen++;
                    if (!has(bean, call.group(2))) {
                        missing.add(PAGES.relativize(page) + ": " + call.group());
                    }
                }
            }
        }
        assertTrue(seen > 300, "the calls are found");
        assertEquals(List.of(), missing);
    }

    private static List<MatchResult> calls(String page) {
        return EXPRESSION
                .matcher(page)
                .results()
                .map(found -> TEXT.matcher(found.group(1)).replaceAll("''"))
                .flatMap(expression -> CALL.matcher(expression).results())
                .toList();
    }

    private static boolean has(Class<?> bean, String name) {
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        List<String> names = List.of(name, "get" + capital, "is" + capital);
        return Stream.of(bean.getMethods()).map(Method::getName).anyMatch(names::contains);
    }

    private static Map<String, Class<?>> beans() throws IOException {
        var beans = new TreeMap<String, Class<?>>();
        for (Path file : files(SOURCES, ".java")) {
            if (Files.readString(file).contains("@Named")) {
                Class<?> type = type(file);
                name(type).ifPresent(name -> beans.put(name, type));
            }
        }
        return beans;
    }

    private static Optional<String> name(Class<?> type) {
        String simple = type.getSimpleName();
        return Optional.ofNullable(type.getAnnotation(Named.class))
                .map(Named::value)
                .map(name ->
                        name.isEmpty() ? simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1) : name);
    }

    private static Class<?> type(Path file) {
        String name = SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.');
        try {
            return Class.forName(name, false, ExpressionsTest.class.getClassLoader());
        } catch (ClassNotFoundException moved) {
            throw new IllegalStateException(moved);
        }
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
