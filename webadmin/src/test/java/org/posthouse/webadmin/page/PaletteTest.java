package org.posthouse.webadmin.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Ctrl+K finds pages and options of whichever objects have them, by what the catalogue says, in two languages. */
class PaletteTest {

    private static final Place SERVICES = Place.of("o=Internet Services,dc=posthouse");
    private static final Entry ANNA = new Entry(
            Place.of("cn=anna,o=Acme,dc=posthouse"), Kind.USER, 1, Map.of("mail", List.of("anna@example.com")));

    private final List<Entry> known = new ArrayList<>();
    private final List<String> sought = new ArrayList<>();
    private Optional<Entry> here = Optional.empty();

    @Test
    void anOptionIsOfferedOfEachObjectThatHasItsPage() {
        servers("mail1", "mail2");
        assertEquals(
                List.of(
                        "Retry Interval | NMAP Agent – mail1 – Parameters",
                        "Retry Interval | NMAP Agent – mail2 – Parameters"),
                shown(palette().options("retry interval")).subList(0, 2));
    }

    @Test
    void theNameOfAServerNarrowsItDown() {
        servers("mail1", "mail2");
        List<Hit> hits = palette().options("mail2 retry interval");
        assertEquals(
                "Retry Interval | NMAP Agent – mail2 – Parameters", shown(hits).getFirst());
        assertTrue(hits.stream().allMatch(hit -> hit.where().contains("mail2")), hits::toString);
    }

    @Test
    void itsAddressLeadsToThePageAndTheField() {
        servers("mail1");
        String href = palette().options("retry interval").getFirst().href();
        assertTrue(href.endsWith("&page=nmap-parameters&option=retryInterval"), href);
        assertTrue(href.startsWith("/object?dn=cn%3DNMAP+Agent%2Cou%3Dmail1"), href);
    }

    @Test
    void theAttributesNameFindsItAsWell() {
        servers("mail1");
        String attribute = Kind.NMAP_AGENT
                .panel("nmap-parameters")
                .orElseThrow()
                .option("retryInterval")
                .orElseThrow()
                .attribute();
        assertEquals("Retry Interval", palette().options(attribute).getFirst().title());
    }

    @Test
    void aLabelCountsForMoreThanAnExplanation() {
        servers("mail1");
        List<String> hits = palette().options("port").stream().map(Hit::title).toList();
        assertEquals("Port", hits.getFirst());
    }

    @Test
    void aGermanWordAndAnEnglishOneFindTheSame() {
        servers("mail1");
        var german = new Palette(new German(), known, here, this::find);
        assertEquals(
                List.of("Wiederholung"),
                german.options("wiederh").stream().map(Hit::title).distinct().toList());
        assertEquals("Wiederholung", german.options("retry interval").getFirst().title());
    }

    @Test
    void anOptionOfAUserNeedsTheUsersName() {
        assertEquals(List.of(), palette().options("last name"));
        assertEquals(
                "anna – Identification",
                palette().options("last name anna").getFirst().where());
        assertEquals(sought.stream().distinct().toList(), sought, "each name is looked for once");
        assertTrue(sought.contains("anna"));
    }

    @Test
    void anOptionOfTheUserShownNeedsNoName() {
        here = Optional.of(ANNA);
        assertEquals(
                "anna – Identification",
                palette().options("last name").getFirst().where());
    }

    @Test
    void pagesAreFoundByTheirTitleAndTheirObject() {
        servers("mail1", "mail2");
        assertEquals(
                "Options | SMTP Agent – mail2",
                shown(palette().pages("smtp options mail2")).getFirst());
    }

    @Test
    void aWordThatFitsNothingFindsNothing() {
        servers("mail1");
        assertTrue(palette().options("retry xyzzy").isEmpty());
        assertFalse(palette().options("retry").isEmpty());
    }

    private Palette palette() {
        return new Palette(new English(), known, here, this::find);
    }

    private List<Entry> find(String text, Kind kind) {
        if (kind == Kind.USER) {
            sought.add(text);
        }
        return kind == Kind.USER && text.equals("anna") ? List.of(ANNA) : List.of();
    }

    private static List<String> shown(List<Hit> hits) {
        return hits.stream().map(hit -> hit.title() + " | " + hit.where()).toList();
    }

    private void servers(String... names) {
        for (String name : names) {
            Place server = SERVICES.child("ou", name);
            known.add(new Entry(server, Kind.MESSAGING_SERVER, 1, Map.of()));
            for (Kind agent : List.of(Kind.NMAP_AGENT, Kind.SMTP_AGENT)) {
                known.add(new Entry(server.child("cn", agent.label()), agent, 1, Map.of()));
            }
        }
    }

    private static class English implements Palette.Names {
        @Override
        public String kind(Kind kind) {
            return kind.label();
        }

        @Override
        public String title(PanelFacts<?> panel) {
            return panel.title();
        }

        @Override
        public String intro(PanelFacts<?> panel) {
            return panel.intro();
        }

        @Override
        public String label(OptionFacts option) {
            return option.label();
        }

        @Override
        public String help(OptionFacts option) {
            return option.help();
        }
    }

    private static final class German extends English {
        @Override
        public String label(OptionFacts option) {
            return option.name().equals("retryInterval") ? "Wiederholung" : option.label();
        }
    }
}
