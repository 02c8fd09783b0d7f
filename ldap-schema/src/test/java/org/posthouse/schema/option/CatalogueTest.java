package org.posthouse.schema.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthouse.schema.panel.ServerIdentification;
import org.posthouse.schema.panel.SmtpIdentification;
import org.posthouse.schema.panel.SmtpOptions;
import org.posthouse.schema.tree.Kind;

class CatalogueTest {

    private final Catalogue catalogue = Kind.catalogue();

    @Test
    void everyFallbackIsAValueItsOptionAccepts() {
        for (PanelFacts<?> panel : catalogue.panels()) {
            for (OptionFacts option : panel.options()) {
                if (!option.mandatory()) {
                    assertEquals(List.of(), panel.problems(option.name(), option.fallbackTexts()), option.name());
                }
            }
        }
    }

    @Test
    void numbersAndAttributesAreUsedOnce() {
        var ids = new HashSet<Integer>();
        var attributes = new HashSet<String>();
        catalogue.options().filter(option -> option.id() > 0).forEach(option -> {
            assertTrue(ids.add(option.id()), () -> option.name() + " reuses number " + option.id());
            assertTrue(option.id() < 900, () -> option.name() + " takes a number kept for the product itself");
        });
        catalogue.options().forEach(option -> assertTrue(attributes.add(option.attribute()), option.attribute()));
    }

    @Test
    void everyHelpIsOneToThreeSentencesThatSayMoreThanTheLabel() {
        catalogue.options().forEach(option -> {
            String help = option.help();
            long sentences = help.chars().filter(c -> c == '.').count();
            assertTrue(help.endsWith(".") && sentences <= 6, () -> option.name() + ": " + help);
            assertTrue(help.length() > option.label().length() + 8, () -> option.name() + ": " + help);
        });
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        var panel = catalogue.panel(SmtpOptions.class);
        var refused = org.junit.jupiter.api.Assertions.assertThrows(
                Refused.class,
                () -> panel.read(Map.of(
                        "port", List.of("70000"), "sslPort", List.of("many"), "relayHost", List.of("not a host"))));
        assertEquals(
                List.of("port", "sslPort", "relayHost"),
                refused.problems().stream().map(Problem::option).toList());
    }

    @Test
    void aNumberOutOfRangeIsAnsweredWithTheRange() {
        var panel = catalogue.panel(SmtpOptions.class);
        assertEquals(
                List.of(new Problem("port", "0", "must be a number from 1 to 65535")),
                panel.problems("port", List.of("0")));
        assertEquals(
                List.of(new Problem("port", "65536", "must be a number from 1 to 65535")),
                panel.problems("port", List.of("65536")));
    }

    @Test
    void aRuleBetweenOptionsIsSaidInItsOwnWords() {
        var panel = catalogue.panel(SmtpOptions.class);
        var refused = org.junit.jupiter.api.Assertions.assertThrows(
                Refused.class, () -> panel.read(Map.of("port", List.of("2525"), "sslPort", List.of("2525"))));
        assertEquals(
                "Port and SSL Port must differ.", refused.problems().getFirst().reason());
    }

    @Test
    void aMandatoryOptionThatIsAbsentIsNamed() {
        var panel = catalogue.panel(ServerIdentification.class);
        var refused = org.junit.jupiter.api.Assertions.assertThrows(Refused.class, () -> panel.decode(Map.of()));
        assertEquals(
                List.of("hostServer", "postmaster", "officialDomain"),
                refused.problems().stream().map(Problem::option).toList());
    }

    @Test
    void fallbacksAreNeverWrittenToTheDirectory() {
        var panel = catalogue.panel(SmtpOptions.class);
        var all = panel.encode(panel.decode(Map.of()));
        assertTrue(all.values().stream().allMatch(List::isEmpty), all::toString);
    }

    static Stream<Long> seeds() {
        return LongStream.range(0, 50).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatAPanelWritesItReadsBack(long seed) {
        var random = new Random(seed);
        var options = catalogue.panel(SmtpOptions.class);
        var texts = new HashMap<String, List<String>>();
        texts.put("port", List.of(String.valueOf(1 + random.nextInt(30_000))));
        texts.put("sslPort", List.of(String.valueOf(30_001 + random.nextInt(30_000))));
        texts.put("allowVrfy", List.of(String.valueOf(random.nextBoolean())));
        texts.put("maximumMessageSize", List.of(String.valueOf(random.nextInt(2001))));
        texts.put("relayHost", List.of(random.nextBoolean() ? "" : "relay" + random.nextInt(9) + ".example.com:2525"));
        SmtpOptions before = options.read(texts);
        assertEquals(before, options.decode(options.encode(before)));

        var domains = catalogue.panel(SmtpIdentification.class);
        SmtpIdentification lists = domains.read(Map.of(
                "globalDomains",
                        random.ints(5, 0, 99)
                                .mapToObj(n -> "G" + n + ".Example")
                                .toList(),
                "hostingDomains", List.of("h" + random.nextInt(9) + ".example")));
        assertEquals(lists, domains.decode(domains.encode(lists)));
    }
}
