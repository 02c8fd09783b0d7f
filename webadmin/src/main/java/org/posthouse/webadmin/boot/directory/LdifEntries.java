package org.posthouse.webadmin.boot.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Entries of an LDIF file as lines of text, in their order. Knows no schema and compares DNs as text without regard to
 * case: enough for a configuration whose both sides we see.
 */
final class LdifEntries {

    // DN in lower case -> lines, the first of which is "dn: ..."
    private final Map<String, List<String>> entries = new LinkedHashMap<>();

    /** Reads content records (RFC 2849): comments dropped, folded lines joined. */
    static LdifEntries parse(String ldif) {
        var parsed = new LdifEntries();
        records(ldif).forEach(parsed::add);
        return parsed;
    }

    private static List<List<String>> records(String ldif) {
        var records = new ArrayList<List<String>>();
        var record = new ArrayList<String>();
        for (var line : (ldif.replace("\r", "").replace("\n ", "") + "\n\n").split("\n", -1)) {
            if (line.isEmpty() && !record.isEmpty()) {
                records.add(List.copyOf(record));
                record.clear();
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                record.add(line);
            }
        }
        return records;
    }

    /** Adds one entry, its {@code dn:} line first. */
    void add(List<String> lines) {
        entries.put(dn(lines), new ArrayList<>(lines));
    }

    /**
     * Carries out change records.
     *
     * @throws IllegalArgumentException when a record names an entry that is not there: the template has changed, and
     *     what was meant to be switched off may now be on under another name
     */
    void change(String ldif) {
        for (var record : records(ldif)) {
            var dn = dn(record);
            var kind = value(record.get(1));
            switch (kind) {
                case "add" -> add(without(record, line -> line.startsWith("changetype:")));
                case "modify" -> replace(dn, record.subList(2, record.size()));
                default -> throw new IllegalArgumentException("No changetype in the record of " + dn);
            }
        }
    }

    /** Takes an entry out, with everything below it. */
    void delete(String dn) {
        var gone = dn.toLowerCase(Locale.ROOT);
        require(gone);
        entries.keySet().removeIf(each -> each.equals(gone) || each.endsWith("," + gone));
    }

    /** Of the entries right below a branch, leaves those whose naming value is listed. */
    void keepOnly(String branch, List<String> names) {
        var parent = "," + branch.toLowerCase(Locale.ROOT);
        names.forEach(name -> require(kept(name, parent)));
        var children = entries.keySet().stream()
                .filter(dn -> dn.endsWith(parent) && dn.indexOf(',') == dn.length() - parent.length())
                .filter(dn -> names.stream().noneMatch(name -> dn.equals(kept(name, parent))))
                .toList();
        children.forEach(this::delete);
    }

    // Backends are named by their id, everything else by cn.
    private static String kept(String name, String parent) {
        var by = parent.startsWith(",cn=backends,") ? "ds-cfg-backend-id=" : "cn=";
        return by + name.toLowerCase(Locale.ROOT) + parent;
    }

    // "replace: name" lines only say which attribute goes; the values that follow come in its place.
    private void replace(String dn, List<String> lines) {
        var entry = require(dn);
        for (var line : lines) {
            if (line.startsWith("replace:")) {
                entry.removeIf(each -> isOf(each, value(line)));
            } else if (!"-".equals(line)) {
                entry.add(line);
            }
        }
    }

    private List<String> require(String dn) {
        var entry = entries.get(dn);
        if (entry == null) {
            throw new IllegalArgumentException("The directory's template has no entry " + dn);
        }
        return entry;
    }

    /** All entries as LDIF. */
    String text() {
        var text = new StringBuilder();
        for (var entry : entries.values()) {
            entry.forEach(line -> text.append(line).append('\n'));
            text.append('\n');
        }
        return text.toString();
    }

    private static List<String> without(List<String> lines, Predicate<String> which) {
        return lines.stream().filter(which.negate()).toList();
    }

    private static boolean isOf(String line, String attribute) {
        return line.regionMatches(true, 0, attribute + ":", 0, attribute.length() + 1);
    }

    private static String dn(List<String> record) {
        return value(record.getFirst()).toLowerCase(Locale.ROOT);
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }
}
