package org.posthouse.webadmin.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.posthouse.schema.value.Place;

/** Differences between two moments as LDIF changes (RFC 2849), to go from the first to the second. Secrets are left out. */
public final class Ldif {

    private final StringBuilder text = new StringBuilder("version: 1\n");

    private Ldif() {}

    /** All of them: what is made from the top down, what goes from the bottom up. */
    public static String of(List<Difference> differences) {
        var ldif = new Ldif();
        Comparator<Difference> deep =
                Comparator.comparingInt(each -> Place.of(each.object()).depth());
        differences.stream().filter(Difference::after).sorted(deep).forEach(ldif::add);
        differences.stream()
                .filter(each -> !each.after())
                .sorted(deep.reversed())
                .forEach(each -> ldif.begin(each, "delete"));
        return ldif.text.toString();
    }

    private void begin(Difference difference, String type) {
        text.append('\n');
        line("dn", difference.object());
        line("changetype", type);
    }

    private void add(Difference difference) {
        if (!difference.before()) {
            begin(difference, "add");
            Place place = Place.of(difference.object());
            org.posthouse.schema.directory.Directory.classes(difference.kind())
                    .forEach(each -> line("objectClass", each));
            line(place.leafAttribute(), place.leaf());
            difference.alterations().forEach(each -> each.after().forEach(value -> value(each.attribute(), value)));
        } else if (!difference.alterations().isEmpty()) {
            begin(difference, "modify");
            difference.alterations().forEach(this::modify);
        }
    }

    private void modify(Alteration alteration) {
        if (alteration.before().stream().anyMatch(Value::secret)
                || alteration.after().stream().anyMatch(Value::secret)) {
            text.append("# ").append(alteration.attribute()).append(" is secret and left out\n");
            return;
        }
        boolean order = alteration.gone().isEmpty() && alteration.come().isEmpty();
        modify("delete", alteration.attribute(), order ? alteration.before() : alteration.gone());
        modify("add", alteration.attribute(), order ? alteration.after() : alteration.come());
    }

    private void modify(String what, String attribute, List<Value> values) {
        if (!values.isEmpty()) {
            line(what, attribute);
            values.forEach(value -> line(attribute, value.text()));
            text.append("-\n");
        }
    }

    private void value(String attribute, Value value) {
        if (value.secret()) {
            text.append("# ").append(attribute).append(" is secret and left out\n");
        } else {
            line(attribute, value.text());
        }
    }

    // Folded at 76 octets; what is not a safe string goes in Base64.
    private void line(String name, String value) {
        String line = isSafe(value)
                ? name + ": " + value
                : name + ":: " + Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
        for (int at = 0; at < line.length(); at += at == 0 ? 76 : 75) {
            int end = Math.min(line.length(), at + (at == 0 ? 76 : 75));
            text.append(at == 0 ? "" : " ").append(line, at, end).append('\n');
        }
    }

    private static boolean isSafe(String value) {
        return !value.startsWith(" ")
                && !value.startsWith(":")
                && !value.startsWith("<")
                && !value.endsWith(" ")
                && value.chars().allMatch(c -> c >= ' ' && c < 127);
    }
}
