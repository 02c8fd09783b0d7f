package org.posthouse.webadmin.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.tree.Kind;

/** The words that people read: complete in both languages, and without the stiff ones of old. */
class WordingTest {

    static final Map<String, String> ENGLISH = texts("words.properties");
    private static final Map<String, String> GERMAN = texts("words_de.properties");

    /** Texts whose English is in the catalogue. */
    private static final List<String> CATALOGUED = List.of("option.", "panel.", "kind.", "unit.", "effect.");

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)");

    /** Stiff or odd English, and British spelling. */
    static final Pattern ODD_ENGLISH = Pattern.compile("""
            (?i)\\bobey|\\bnobody\\b|\\bwhoever\\b|\\bwanted\\b|\\blags?\\b|\\blagging\\b|\\bmend|\\bputs? away\\b\
            |\\btak(e|es|en|ing) back\\b|\\bvouch|\\b(is|are) needed\\b|\\bcarr(y|ied|ies) out\\b\
            |\\bby (itself|themselves)\\b|\\banew\\b|\\bstands?\\b|\\bgo(es)? on\\b|\\bany more\\b|\\bmeanwhile\\b\
            |\\bshall\\b|^whether\\b|\\bmay (not )?be asked\\b|\\bat once\\b|\\bset-up\\b|\\be-mail\\b|\\bfaulty\\b\
            |licen[c]e|catalogue|behaviour|colour|\\bcancelled\\b|\\bswitch(ed)? (it |them )?(on|off)\\b""");

    /** German words for which another one is used everywhere, and stiff ones. */
    private static final Pattern ODD_GERMAN = Pattern.compile("""
            Kennw[oö]rt|Rechner|Maschine|Behälter|Domäne|Verwalter\\b|\\bhör(t|en)\\b|freiwillig|Ärger|Weglegen\
            |von selbst|befolg|gehorch|Anruf|bürg|\\bPost\\b|Messaging-Server\\b(?!-Objekt)|\\bE-Mails\\b|Nachrichtensystem\
            |(NMAP|SMTP|POP|IMAP)-Agent|(Hosting|Global|Official)-Domain|Typ Unknown""");

    /** The branch of a choice for numbers above one. */
    private static final Pattern MANY = Pattern.compile("1<(?:[^{}|]|\\{[^{}]*\\})*");

    /** A place for a number before a word in the plural; a number after "more than" is never one. */
    private static final Pattern COUNTED = Pattern.compile("""
            (?<!(More than|Mehr als|Up to|Bis zu) )\\{\\d(,number(,#)?)?\\} ([\\p{L}]+ )?(users|objects|agents|servers|messages\
            |sessions|mailboxes|changes|steps|days|hours|minutes|seconds|values|entries|domains|lines|errors|members\
            |addresses|aliases|groups|roles|recipients|hosts|places|passwords|containers|files|folders\
            |Objekte[n]?|Agenten|Nachrichten|Sitzungen|Postfächer[n]?|Änderungen|Schritte[n]?|Tage[n]?|Stunden|Minuten\
            |Sekunden|Werte[n]?|Einträge[n]?|Domains|Zeilen|Mitglieder[n]?|Adressen|Aliasse|Gruppen|Rollen|Stellen\
            |Passwörter[n]?|Containern?|Dateien|Ordnern?|Servern)\\b""");

    private static final Pattern WRONG_ARTICLE = Pattern.compile(
            "\\ba (SMTP|NMAP|IMAP|MX|LDAP|SSL|IP|RBL|HTTP|LDIF|[aeio]\\w)|\\ban (POP|TLS|DNS|DN|PEM|URL|user|unique)\\b");

    private static final Pattern NO_LAST_COMMA = Pattern.compile("\\b\\w+, (\\w+ )?\\w+ (and|or) \\w+(\\.|$)");

    @Test
    void everyTextIsInBothLanguages() {
        assertEquals(Set.of(), without(ENGLISH.keySet(), GERMAN.keySet()), "only in English");
        assertEquals(
                Set.of(),
                without(GERMAN.keySet(), ENGLISH.keySet()).stream()
                        .filter(key -> CATALOGUED.stream().noneMatch(key::startsWith))
                        .collect(Collectors.toSet()),
                "only in German");
    }

    @Test
    void everyOptionPageAndEffectHasAGermanText() {
        Stream<String> options = Kind.catalogue()
                .options()
                .flatMap(option ->
                        Stream.of("option." + option.attribute() + ".label", "option." + option.attribute() + ".help"));
        Stream<String> pages = Kind.catalogue().panels().stream()
                .flatMap(page -> Stream.of("panel." + page.name() + ".title", "panel." + page.name() + ".intro"));
        Stream<String> effects = Arrays.stream(Effect.values()).map(effect -> "effect." + effect);
        Stream<String> sections = Kind.catalogue().panels().stream()
                .flatMap(page -> page.sections().stream()
                        .filter(section -> !section.name().equals(page.name())))
                .map(section -> "section." + section.name());
        assertEquals(
                List.of(),
                Stream.of(options, pages, effects, sections)
                        .flatMap(keys -> keys)
                        .filter(Predicate.not(GERMAN::containsKey))
                        .filter(key -> AgentTexts.of(Locale.GERMAN, key).isEmpty())
                        .toList());
    }

    @Test
    void aHeadingOfASectionIsTheSameInItsRecordAndInTheBundle() {
        Kind.catalogue().panels().stream()
                .flatMap(page -> page.sections().stream())
                .filter(section -> ENGLISH.containsKey("section." + section.name()))
                .forEach(section -> assertEquals(ENGLISH.get("section." + section.name()), section.title()));
    }

    @Test
    void noGermanTextIsLeftOfAnOptionThatIsGone() {
        Set<String> attributes =
                Kind.catalogue().options().map(option -> option.attribute()).collect(Collectors.toSet());
        assertEquals(
                List.of(),
                GERMAN.keySet().stream()
                        .filter(key -> key.startsWith("option."))
                        .filter(key -> !attributes.contains(key.split("\\.")[1]))
                        .toList());
    }

    @Test
    void noTextIsGivenTwice() {
        assertEquals(List.of(), twice("words.properties"));
        assertEquals(List.of(), twice("words_de.properties"));
    }

    @Test
    void germanLeavesOutNoValueOfTheEnglishText() {
        assertEquals(
                List.of(),
                ENGLISH.entrySet().stream()
                        .filter(english -> GERMAN.containsKey(english.getKey()))
                        .filter(english -> !places(GERMAN.getOrDefault(english.getKey(), ""))
                                .containsAll(places(english.getValue())))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @Test
    void noPatternHasAnApostropheThatWouldSwallowWhatFollows() {
        assertEquals(
                List.of(),
                Stream.of(ENGLISH, GERMAN)
                        .flatMap(texts -> texts.values().stream())
                        .filter(text -> !places(text).isEmpty())
                        .filter(text -> text.replace("''", "").contains("'"))
                        .toList());
    }

    @Test
    void aCountOfOneIsWrittenInTheSingular() {
        assertEquals(Map.of(), plural(ENGLISH));
        assertEquals(Map.of(), plural(GERMAN));
    }

    @Test
    void noEnglishTextHasTheWrongArticle() {
        assertEquals(Map.of(), found(WRONG_ARTICLE, ENGLISH));
    }

    @Test
    void everyEnglishListHasACommaBeforeItsLastPart() {
        assertEquals(Map.of(), found(NO_LAST_COMMA, ENGLISH));
    }

    @Test
    void noEnglishTextUsesAStiffWord() {
        assertEquals(Map.of(), found(ODD_ENGLISH, ENGLISH));
    }

    @Test
    void noOptionOrPageUsesAStiffWord() {
        var texts = new LinkedHashMap<String, String>();
        Kind.catalogue().panels().forEach(page -> {
            texts.put(page.name() + " title", page.title());
            texts.put(page.name() + " intro", page.intro());
            page.options().forEach(option -> {
                texts.put(page.name() + " " + option.name() + " label", option.label());
                texts.put(page.name() + " " + option.name() + " help", option.help());
            });
        });
        Arrays.stream(Effect.values()).forEach(effect -> texts.put("effect " + effect, effect.note()));
        assertEquals(Map.of(), found(ODD_ENGLISH, texts));
    }

    @Test
    void oneGermanWordIsUsedForOneThing() {
        assertEquals(Map.of(), found(ODD_GERMAN, GERMAN));
    }

    private static Map<String, String> plural(Map<String, String> texts) {
        var singular = new TreeMap<String, String>();
        texts.forEach((key, text) -> singular.put(key, MANY.matcher(text).replaceAll("")));
        singular.values().removeIf(text -> !COUNTED.matcher(text).find());
        return singular;
    }

    private static Set<String> without(Set<String> all, Set<String> others) {
        var rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    private static Map<String, String> found(Pattern odd, Map<String, String> texts) {
        var found = new TreeMap<String, String>();
        texts.forEach((key, text) -> {
            if (odd.matcher(text).find()) {
                found.put(key, text);
            }
        });
        return found;
    }

    // Also in the branches of a choice, which are patterns of their own.
    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static List<String> twice(String bundle) {
        var seen = new TreeSet<String>();
        try (var in = Objects.requireNonNull(Words.class.getResourceAsStream(bundle))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains("=") && !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .filter(key -> !seen.add(key))
                    .toList();
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    private static Map<String, String> texts(String bundle) {
        var read = new Properties();
        try (var in = Objects.requireNonNull(Words.class.getResourceAsStream(bundle))) {
            read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
        return read.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, read::getProperty));
    }
}
