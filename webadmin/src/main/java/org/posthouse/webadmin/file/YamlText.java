package org.posthouse.webadmin.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.posthouse.schema.value.PlainText;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 into {@link Node}s, event by event, so that nothing a text says is ever made into an object.
 *
 * <p>Anchors, aliases and tags are not taken: a configuration says each thing where it holds, and nothing can grow by
 * being pointed at. Size, depth and the number of values have limits.
 */
final class YamlText {

    /** The largest file, in bytes. */
    static final int LARGEST = 8 << 20;

    private static final int DEEPEST = 64;
    private static final int MOST = 500_000;

    private final Iterator<Event> events;
    private int values;

    private YamlText(Iterator<Event> events) {
        this.events = events;
    }

    /** The document in these bytes. Throws Faulty. */
    static Node read(byte[] file) {
        if (file.length > LARGEST) {
            throw new Faulty(0, "The file has more than " + (LARGEST >> 20) + " MiB.");
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel("file")
                .setCodePointLimit(LARGEST)
                .build();
        try {
            return new YamlText(new Parse(settings).parseString(decoded(file)).iterator()).document();
        } catch (MarkedYamlEngineException malformed) {
            throw new Faulty(line(malformed.getProblemMark()), sentence(malformed));
        } catch (YamlEngineException malformed) {
            throw new Faulty(0, "This is not YAML: " + malformed.getMessage());
        }
    }

    private static String decoded(byte[] file) {
        var in = ByteBuffer.wrap(file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
            refuseControls(text);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException foreign) {
            int line = 1;
            for (int at = 0; at < in.position(); at++) {
                line += file[at] == '\n' ? 1 : 0;
            }
            throw new Faulty(line, "The file is not in UTF-8.");
        }
    }

    // A mark at the very beginning is how some editors say UTF-8.
    private static void refuseControls(String text) {
        int number = 1;
        for (String line : (Iterable<String>) text.replaceFirst("^\uFEFF", "").lines()::iterator) {
            if (!PlainText.isLine(line)) {
                throw new Faulty(
                        number, "This line contains a control character. Write it as an escape in double quotes.");
            }
            number++;
        }
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(found -> found.getLine() + 1).orElse(0);
    }

    private static String sentence(MarkedYamlEngineException malformed) {
        String problem = String.valueOf(malformed.getProblem());
        return problem.contains("\\t") || problem.contains("'\t'")
                ? "YAML requires spaces here, not a tab."
                : "This is not YAML: " + problem;
    }

    private Node document() {
        events.next();
        Event start = events.next();
        if (start.getEventId() == Event.ID.StreamEnd) {
            throw new Faulty(1, "The file is empty.");
        }
        Node node = node(events.next(), 0);
        events.next();
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw new Faulty(line(end.getStartMark()), "A second document begins here; a file holds one.");
        }
        return node;
    }

    private Node node(Event event, int depth) {
        int line = line(event.getStartMark());
        if (++values > MOST) {
            throw new Faulty(line, "The file has more than " + MOST + " values.");
        }
        if (depth > DEEPEST) {
            throw new Faulty(line, "This is nested more than " + DEEPEST + " deep.");
        }
        refuseReferences(event, line);
        return switch (event) {
            case ScalarEvent text -> text(text, line);
            case SequenceStartEvent list -> items(line, depth);
            case MappingStartEvent mapping -> members(line, depth);
            default -> throw new Faulty(line, "This is not YAML.");
        };
    }

    private static void refuseReferences(Event event, int line) {
        if (event instanceof AliasEvent
                || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
            throw new Faulty(
                    line, "Anchors and aliases (& and *) are not supported. Write each value where it applies.");
        }
        Optional<String> tag = switch (event) {
            case ScalarEvent text -> text.getTag();
            case SequenceStartEvent list -> list.getTag();
            case MappingStartEvent mapping -> mapping.getTag();
            default -> Optional.empty();
        };
        if (tag.isPresent()) {
            throw new Faulty(line, "Tags such as " + tag.get() + " are not supported here.");
        }
    }

    private static Node text(ScalarEvent event, int line) {
        String text = event.getValue();
        boolean nothing = event.isPlain() && (text.isEmpty() || text.equals("~") || text.equals("null"));
        return new Node.Text(line, text, nothing);
    }

    private Node items(int line, int depth) {
        var nodes = new ArrayList<Node>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            nodes.add(node(next, depth + 1));
        }
        return new Node.Items(line, nodes);
    }

    private Node members(int line, int depth) {
        var nodes = new LinkedHashMap<String, Node>();
        var lines = new LinkedHashMap<String, Integer>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            if (!(node(next, depth + 1) instanceof Node.Text name)) {
                throw new Faulty(line(next.getStartMark()), "A name is expected here.");
            }
            Integer before = lines.putIfAbsent(name.text(), name.line());
            if (before != null) {
                throw new Faulty(name.line(), "\"" + name.text() + "\" is here and on line " + before + ".");
            }
            nodes.put(name.text(), node(events.next(), depth + 1));
        }
        return new Node.Members(line, nodes, lines);
    }
}
