package org.posthouse.webadmin.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.posthouse.schema.value.PlainText;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/** Writes YAML event by event, so that a file of any length passes through little memory. */
final class YamlOut {

    // What some YAML reader or other takes for something else than a text: YAML 1.1 knows dates, yes and no.
    private static final Pattern AMBIGUOUS = Pattern.compile("(?i)~|null|true|false|yes|no|on|off|y|n|<<|=|"
            + "|[-+]?(\\.(inf|nan)|0[xob][0-9a-f_]*|[0-9_,]*\\.?[0-9_,]*(e[-+]?[0-9]+)?|[0-9]+(:[0-9]{1,2})+(\\.[0-9_]*)?)"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");

    private final Emitter emitter;

    /** Writes to a writer, which it does not close. IOExceptions come out unchecked. */
    YamlOut(Writer to) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndent(2)
                .setUseUnicodeEncoding(true)
                .setSplitLines(false)
                .setWidth(Integer.MAX_VALUE)
                .setBestLineBreak("\n")
                .setDumpComments(true)
                .build();
        emitter = new Emitter(settings, stream(to));
        emitter.emit(new StreamStartEvent());
        emitter.emit(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    }

    private static StreamDataWriter stream(Writer to) {
        return new StreamDataWriter() {
            @Override
            public void write(String text) {
                write(text, 0, text.length());
            }

            @Override
            public void write(String text, int from, int count) {
                try {
                    to.write(text, from, count);
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            }
        };
    }

    void end() {
        emitter.emit(new DocumentEndEvent(false));
        emitter.emit(new StreamEndEvent());
    }

    /** One line that is only for readers. */
    void comment(String text) {
        emitter.emit(new CommentEvent(CommentType.BLOCK, " " + text, Optional.empty(), Optional.empty()));
    }

    void beginMembers() {
        emitter.emit(new MappingStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
    }

    void endMembers() {
        emitter.emit(new MappingEndEvent());
    }

    void beginItems() {
        emitter.emit(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
    }

    void endItems() {
        emitter.emit(new SequenceEndEvent());
    }

    /** The name of a member; its value comes next. */
    void name(String name) {
        text(name);
    }

    /** A text that no reader shall take for a number or the like. */
    void text(String text) {
        scalar(text, AMBIGUOUS.matcher(text).matches() ? ScalarStyle.DOUBLE_QUOTED : style(text));
    }

    /** A number or a truth value, as it is. */
    void plain(String text) {
        scalar(text, ScalarStyle.PLAIN);
    }

    void member(String name, String text) {
        name(name);
        text(text);
    }

    /** A list, one to a line. */
    void list(List<String> texts) {
        beginItems();
        texts.forEach(this::text);
        endItems();
    }

    private static ScalarStyle style(String text) {
        if (!PlainText.isText(text)) {
            return ScalarStyle.DOUBLE_QUOTED;
        }
        return text.contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.PLAIN;
    }

    private void scalar(String text, ScalarStyle style) {
        emitter.emit(new ScalarEvent(Optional.empty(), Optional.empty(), new ImplicitTuple(true, true), text, style));
    }
}
