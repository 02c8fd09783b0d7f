package org.posthouse.webadmin.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.tree.Kind;

/** What stands in pages and bundles, compared with the catalogue. */
class PanelsTest {

    private static final Path PAGES = Path.of("src/main/webapp");
    // As a field, or in a card of its own that shows several together.
    private static final Pattern OPTION = Pattern.compile("(?:<m:option name|pt:data-options)=\"([^\"]+)\"");
    private static final Pattern TEXT = Pattern.compile("w\\['([a-zA-Z.]+)'\\]|words\\.of\\('([a-zA-Z.]+)'[,)]");

    @TestFactory
    Stream<DynamicTest> everyOptionStandsOnceOnItsPage() {
        return Kind.catalogue().panels().stream()
                .map(panel -> DynamicTest.dynamicTest(panel.name(), () -> {
                    Path own = PAGES.resolve("WEB-INF/panels/" + panel.name() + ".xhtml");
                    String page = Files.exists(own) ? Files.readString(own) : drawn(panel);
                    var shown = OPTION.matcher(page)
                            .results()
                            .flatMap(found -> Stream.of(found.group(1).split(" ")))
                            .sorted()
                            .toList();
                    assertEquals(
                            panel.options().stream()
                                    .filter(OptionFacts::available)
                                    .filter(option -> !option.internal())
                                    .map(OptionFacts::name)
                                    .sorted()
                                    .toList(),
                            shown);
                }));
    }

    // What the general page makes of it.
    private static String drawn(PanelFacts<?> panel) {
        return panel.sections().stream()
                .flatMap(section -> section.options().stream())
                .map(option -> "<m:option name=\"" + option.name() + "\"/>")
                .collect(Collectors.joining());
    }

    @Test
    void everyTextAPageAsksForIsThereInBothLanguages() throws IOException {
        var english = bundle("words.properties");
        var german = bundle("words_de.properties");
        var missing = new ArrayList<String>();
        for (Path page : pages()) {
            TEXT.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                    .filter(key -> !key.endsWith("."))
                    .filter(key -> !english.containsKey(key) || !german.containsKey(key))
                    .forEach(missing::add);
        }
        english.keySet().stream().filter(key -> !german.containsKey(key)).forEach(key -> missing.add(key.toString()));
        assertEquals(List.of(), missing);
    }

    @Test
    void noPageNamesAColourOrCarriesAScript() throws IOException {
        var colour = Pattern.compile("style=\"[^\"]*color|#[0-9a-fA-F]{6}\\b|rgb\\(|<script");
        for (Path page : pages()) {
            assertTrue(!colour.matcher(Files.readString(page)).find(), page.toString());
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".xhtml")).toList();
        }
    }

    private static Properties bundle(String name) throws IOException {
        var texts = new Properties();
        try (var in = Files.newBufferedReader(Path.of("src/main/resources/org/posthouse/webadmin/words", name))) {
            texts.load(in);
        }
        return texts;
    }
}
