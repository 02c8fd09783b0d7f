package org.posthouse.webadmin.form;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.option.PanelFacts;
import org.posthouse.schema.option.Problem;
import org.posthouse.schema.option.Refused;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.value.MailboxId;
import org.posthouse.schema.value.Place;

/** Every field of every page, given what nobody should type: it is refused with a reason, or kept as it was given. */
class BadInputTest {

    private static final List<String> HOSTILE = List.of(
            "   ",
            "x".repeat(10_000),
            "bell\u0007",
            "nul\u0000",
            "two\r\nlines",
            "<script>alert(1)</script>",
            "*)(uid=*",
            "a,b+c=\"d\\e;#",
            "\u0435\u0445\u0430mple.com",
            "\u202Emoc.elpmaxe",
            "\uD83D\uDCEE",
            "../../../etc/passwd",
            "%s%n{0}${7*7}#{7*7}",
            "-1",
            "99999999999999999999",
            "0x10",
            "1e3",
            "TRUE FALSE",
            "cn=nobody,dc=elsewhere",
            "dc=posthouse");

    private House house;

    @BeforeEach
    void open() {
        house = new House();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void isRefusedWithAReasonOrKeptAsGiven() {
        var checks = Stream.of(house.mail1, house.smtp, house.mail1.child("cn", "NMAP Agent"), house.admin)
                .flatMap(place -> house.read(place).kind().panels().stream()
                        .flatMap(panel -> panel.options().stream()
                                .flatMap(option -> HOSTILE.stream()
                                        .<Executable>map(text -> () -> check(place, panel, option, text)))))
                .toList();
        assertTrue(checks.size() > 800, "only " + checks.size() + " checks");
        assertAll(checks);
    }

    private void check(Place place, PanelFacts<?> panel, OptionFacts option, String text) {
        String what = panel.name() + " " + option.name() + " given \"" + (text.length() > 50 ? "long" : text) + "\"";
        Entry before = house.read(place);
        Draft draft = house.draft(place, panel.name());
        draft.set(option.name(), List.of(text));
        List<Problem> problems = house.problems(draft);
        if (problems.isEmpty()) {
            keeps(what, place, panel, option, draft);
        } else {
            for (Problem problem : problems) {
                assertFalse(problem.reason().isBlank(), what + " is refused without a reason");
            }
            assertThrows(Refused.class, () -> house.save(draft), what);
            assertEquals(before.revision(), house.read(place).revision(), what + " was refused and half saved");
        }
        assertTrue(
                !hasControls(text)
                        || !house.problems(draft).isEmpty()
                        || draft.changes().isEmpty(),
                what + " is taken");
    }

    private void keeps(String what, Place place, PanelFacts<?> panel, OptionFacts option, Draft draft) {
        List<String> wanted = draft.texts(option.name());
        house.save(draft);
        if (option.attribute().equals(MailboxId.ATTRIBUTE) && wanted.isEmpty()) {
            return; // the directory's own identifier counts then
        }
        Draft now = house.draft(place, panel.name());
        assertEquals(
                wanted.stream().map(text -> Meaning.of(option, text)).toList(),
                now.texts(option.name()).stream()
                        .map(text -> Meaning.of(option, text))
                        .toList(),
                what + " is kept otherwise than given");
        assertEquals(List.of(), house.problems(now), what + " was taken and is refused afterwards");
        now.set(option.name(), List.of());
        if (house.problems(now).isEmpty()) {
            house.save(now);
        }
    }

    private static boolean hasControls(String text) {
        return text.codePoints()
                .anyMatch(character -> Character.isISOControl(character) && character != '\n' && character != '\r');
    }
}
