package org.posthouse.webadmin.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.schema.directory.NewObject;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.change.ChangeService;
import org.posthouse.webadmin.form.House;
import org.posthouse.webadmin.plan.Plan;
import org.posthouse.webadmin.plan.Step;

/** Whatever text is accepted can be exported, and the file that says it changes nothing when it is applied. */
class HostileTextTest {

    private static final List<String> PIECES = List.of(
            "\u0000",
            "\u0007",
            "\t",
            "\n",
            "\r",
            "\u001b[31m",
            "\u007f",
            "\u0080",
            "\u0085",
            "\u009f",
            "\u00a0",
            "\u00ad",
            "\u200b",
            "\u200d",
            "\u202e",
            "\u2028",
            "\u2029",
            "\u2066",
            "\ufeff",
            "\ufffe",
            "\uffff",
            "\ufdd0",
            "\ud800",
            "\udfff",
            "\ud83d\ude00",
            "e\u0301",
            "#",
            ": ",
            "- ",
            "'",
            "\"",
            "\\",
            "---",
            "...",
            "%YAML",
            "&a",
            "*a",
            "!!x",
            "{",
            "]",
            "|",
            ">",
            "~",
            "null",
            "yes",
            "0x1F",
            "1e3",
            "2026-11-30",
            " ",
            "ß",
            "日本");

    @TempDir
    private Path folder;

    private static List<String> texts() {
        var random = new Random(20261130);
        var texts = new ArrayList<String>();
        PIECES.forEach(piece -> {
            texts.add("a" + piece + "b");
            texts.add(piece);
        });
        for (int count = 0; count < 100; count++) {
            var text = new StringBuilder();
            for (int piece = random.nextInt(5); piece >= 0; piece--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    @Test
    void whatIsAcceptedComesBack() {
        try (var house = new House()) {
            int accepted = 0;
            List<String> texts = texts();
            for (int number = 0; number < texts.size(); number++) {
                accepted += accepted(house, "user" + number, texts.get(number));
                accepted += accepted(house, texts.get(number), "as name");
            }
            assertTrue(accepted > 100 && accepted < 2 * texts.size(), "accepted " + accepted);
            unchanged(house);
        }
    }

    private static int accepted(House house, String name, String description) {
        if (name.isBlank()) {
            return 0;
        }
        ChangeService changes = house.changes();
        Plan plan = changes.plan(List.of(new Step.Make(
                house.users.child("cn", name),
                Kind.USER,
                Map.of("sn", List.of("N"), "description", List.of(description)))));
        if (!plan.isSound()) {
            return 0;
        }
        changes.apply(plan);
        return 1;
    }

    private void unchanged(House house) {
        Desk desk = Desk.of(house, folder);
        String file = desk.export(house.directory.root(), true);
        assertEquals(List.of(), desk.differences(file, true).steps(), file);
    }

    @Test
    void whatAnotherToolWroteIsExportedAsAnEscape() {
        try (var house = new House()) {
            Place box = Place.of("ou=box,o=Acme,dc=posthouse");
            house.directory.create(
                    new NewObject(box, Kind.ORGANIZATIONAL_UNIT, Map.of("description", List.of("one\u0085two"))));
            String file = Desk.of(house, folder).export();
            assertTrue(file.contains("one\\Ntwo"), file);
            Entry entry = house.read(box);
            assertEquals(List.of("one\u0085two"), entry.values("description"));
        }
    }
}
