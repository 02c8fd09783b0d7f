package org.posthouse.mailcore.imap;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.message.Fields;
import org.posthouse.mailcore.message.Part;
import org.posthouse.mailcore.message.TextSearch;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.Message;
import org.posthouse.mailcore.store.Summary;

/** The message that SEARCH looks at: what is read of it is read once, for all keys. Used by one thread at a time. */
@SuppressWarnings("NullableOptional") // null until it is looked for, empty when the message is gone
final class Candidate {

    private static final BitSet NOTHING = new BitSet();

    private final Mailbox mailbox;
    private final TextSearch texts;
    private int number;
    private @Nullable Message message;
    private @Nullable Optional<Fields> fields;
    private @Nullable Optional<Part> part;
    private @Nullable BitSet inHeader;
    private @Nullable BitSet inBody;

    /** For keys that look for these texts. */
    Candidate(Mailbox mailbox, List<String> texts) {
        this.mailbox = mailbox;
        this.texts = new TextSearch(texts);
    }

    /** Turns to a message, or to none; what was known of another is forgotten. */
    void is(int itsNumber, @Nullable Message other) {
        number = itsNumber;
        message = other;
        fields = null;
        part = null;
        inHeader = null;
        inBody = null;
    }

    int number() {
        return number;
    }

    Message message() {
        if (message == null) {
            throw new IllegalStateException("no message yet");
        }
        return message;
    }

    /** The fields of its header; empty when it has been expunged. */
    Optional<Fields> fields() {
        if (fields == null) {
            fields = isHeaderElsewhere()
                    ? part().map(Part::fields)
                    : mailbox.summary(message()).map(Summary::fields);
        }
        return fields;
    }

    /** Whether the header has to be read from the message itself. */
    boolean isHeaderElsewhere() {
        return isHeaderElsewhere(mailbox, message());
    }

    /** The same of any message of a mailbox. */
    static boolean isHeaderElsewhere(Mailbox mailbox, Message message) {
        return !mailbox.summary(message).map(Summary::hasHeader).orElse(true);
    }

    /** Whether a text, by its place in the list, is in the body, or with header, in the header. */
    boolean holds(int text, boolean header) {
        return (header && inHeader().get(text)) || inBody().get(text);
    }

    private BitSet inHeader() {
        if (inHeader == null) {
            inHeader = part().map(texts::inHeader).orElse(NOTHING);
        }
        return inHeader;
    }

    private BitSet inBody() {
        if (inBody == null) {
            inBody = part().map(texts::inBody).orElse(NOTHING);
        }
        return inBody;
    }

    private Optional<Part> part() {
        if (part == null) {
            part = mailbox.body(message()).map(Part::of);
        }
        return part;
    }
}
