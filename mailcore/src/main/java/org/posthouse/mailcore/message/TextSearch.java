package org.posthouse.mailcore.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for several texts in a message at once, encodings and character sets undone. A message is read in pieces: what is
 * in memory besides its octets is small, however large it is. Used by one thread at a time.
 */
public final class TextSearch {

    private static final int PIECE = 16_384;
    // A few short texts are found sooner one by one.
    private static final int FEW = 4;
    private static final int SHORT = 64;

    private final List<String> texts;
    private final int overlap;
    private final @Nullable TextAutomaton automaton;
    // The place of the text that is everywhere.
    private final int empty;
    private int state;
    // Those that have not been found in the current message.
    private final BitSet missing = new BitSet();

    /** For these texts, in the form of {@link PlainWords#folded}. */
    public TextSearch(List<String> folded) {
        this.texts = List.copyOf(folded);
        int longest = texts.stream().mapToInt(String::length).max().orElse(0);
        this.empty = texts.indexOf("");
        this.overlap = Math.max(0, longest - 1);
        this.automaton = texts.size() > FEW || longest > SHORT ? new TextAutomaton(texts) : null;
    }

    /** Which texts are in a text part, or in a header below the message's own; by their places in the list. */
    public BitSet inBody(Part message) {
        missing.set(0, texts.size());
        body(message);
        return found();
    }

    /** Which texts are in the header of the message itself. */
    public BitSet inHeader(Part message) {
        missing.set(0, texts.size());
        header(message);
        return found();
    }

    private BitSet found() {
        var found = (BitSet) missing.clone();
        found.flip(0, texts.size());
        return found;
    }

    private void body(Part part) {
        for (Part child : part.children()) {
            if (missing.isEmpty()) {
                return;
            }
            header(child);
            body(child);
        }
        if (part.children().isEmpty() && part.type().equals("TEXT") && !missing.isEmpty()) {
            text(part);
        }
    }

    private void header(Part part) {
        strike("");
        part.fields()
                .unfolded(Fields.LONGEST)
                .takeWhile(field -> !missing.isEmpty())
                .forEach(field -> PlainWords.forms(field).forEach(this::strike));
    }

    private void strike(String folded) {
        state = 0;
        if (empty >= 0) {
            missing.clear(empty);
        }
        strikeOn(folded);
    }

    private void strikeOn(String folded) {
        if (automaton != null) {
            state = automaton.look(state, folded, missing);
            return;
        }
        for (int at = missing.nextSetBit(0); at >= 0; at = missing.nextSetBit(at + 1)) {
            if (folded.contains(texts.get(at))) {
                missing.clear(at);
            }
        }
    }

    private void text(Part part) {
        Charset charset = PlainWords.charset(part);
        var octets = new ByteArrayInputStream(part.octets(), part.body(), part.end() - part.body());
        try (InputStream decoded = PlainWords.decoded(octets, part.encoding())) {
            read(new InputStreamReader(decoded, charset));
        } catch (IOException broken) {
            undecoded(part, charset);
        }
    }

    private void undecoded(Part part, Charset charset) {
        try {
            read(new InputStreamReader(
                    new ByteArrayInputStream(part.octets(), part.body(), part.end() - part.body()), charset));
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    // The end of each piece is looked at again with the next: a text may lie across.
    private void read(InputStreamReader reader) throws IOException {
        var piece = new char[PIECE];
        String tail = "";
        strike("");
        for (int some = fill(reader, piece); some > 0 && !missing.isEmpty(); some = fill(reader, piece)) {
            String window = tail + PlainWords.folded(new String(piece, 0, some));
            strikeOn(window);
            tail = automaton != null ? "" : window.substring(Math.max(0, window.length() - overlap));
        }
    }

    private static int fill(InputStreamReader reader, char[] piece) throws IOException {
        int have = 0;
        while (have < piece.length - 1) {
            int some = reader.read(piece, have, piece.length - 1 - have);
            if (some < 0) {
                return have;
            }
            have += some;
        }
        // Both halves of a character beyond the first 65,536 belong into one piece.
        if (Character.isHighSurrogate(piece[have - 1])) {
            int low = reader.read();
            if (low >= 0) {
                piece[have++] = (char) low;
            }
        }
        return have;
    }
}
