package org.posthouse.mailcore.imap;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthouse.mailcore.compute.SlicedWork;
import org.posthouse.mailcore.compute.WorkSlice;
import org.posthouse.mailcore.imap.command.DateTime;
import org.posthouse.mailcore.imap.command.FetchItem;
import org.posthouse.mailcore.imap.command.FetchItem.Attribute;
import org.posthouse.mailcore.imap.command.FetchItem.Section;
import org.posthouse.mailcore.message.Part;
import org.posthouse.mailcore.message.Slice;
import org.posthouse.mailcore.message.StructureText;
import org.posthouse.mailcore.store.Mailbox;
import org.posthouse.mailcore.store.Message;
import org.posthouse.mailcore.store.Summary;

/**
 * Writes what FETCH tells of messages, one after the other: at most one body is in memory at a time, and none is read
 * where the summary made at delivery suffices.
 */
final class Fetching implements SlicedWork {

    // So much is worked out before it is sent.
    private static final long AHEAD = 256 << 10;

    private final Selected selected;
    private final Mailbox mailbox;
    private final Answers answers;
    private final List<FetchItem> items;
    private final boolean needsBody;
    private final boolean needsSummary;
    private final boolean needsHeader;
    private final List<Integer> numbers;
    private int next;
    private boolean all = true;

    Fetching(Selected selected, Answers answers, List<Integer> numbers, List<FetchItem> items) {
        this.numbers = numbers;
        this.selected = selected;
        this.mailbox = selected.mailbox();
        this.answers = answers;
        this.items = items;
        this.needsBody = items.stream().anyMatch(Fetching::needsBody);
        this.needsSummary = items.stream().anyMatch(Fetching::needsSummary);
        this.needsHeader = items.stream().anyMatch(Fetching::needsHeader);
    }

    private static boolean needsBody(FetchItem item) {
        return item == Attribute.BODY || (item instanceof Section section && !Sections.isHeader(section));
    }

    private static boolean needsSummary(FetchItem item) {
        return item == Attribute.ENVELOPE || item == Attribute.BODYSTRUCTURE || needsHeader(item);
    }

    private static boolean needsHeader(FetchItem item) {
        return item instanceof Section section && Sections.isHeader(section);
    }

    /** What of one message has been read from the store. */
    private static final class Reading {
        private final byte @Nullable [] body;
        private final @Nullable Summary summary;
        private @Nullable Part part;

        private Reading(byte @Nullable [] body, @Nullable Summary summary) {
            this.body = body;
            this.summary = summary;
        }

        private byte[] body() {
            return body == null ? new byte[0] : body;
        }

        private Part part() {
            if (part == null) {
                part = Part.of(body());
            }
            return part;
        }
    }

    @Override
    public boolean advance(WorkSlice slice) {
        answers.holding(true);
        try {
            for (; next < numbers.size(); next++) {
                int number = numbers.get(next);
                boolean enough = slice.isOver() || answers.held() > AHEAD;
                Message message = selected.at(number);
                if (enough || (readsBody(message) && !slice.admits(message.size()))) {
                    return true;
                }
                all &= tell(number);
            }
            return false;
        } finally {
            answers.holding(false);
        }
    }

    /** Whether all could be told of; otherwise the octets of some have been expunged, and nothing was said of them. */
    boolean all() {
        return all;
    }

    private boolean readsBody(Message message) {
        return needsBody || (needsHeader && Candidate.isHeaderElsewhere(mailbox, message));
    }

    private boolean tell(int number) {
        Message message = selected.at(number);
        boolean needsBody = readsBody(message);
        byte[] body = needsBody ? mailbox.body(message).orElse(null) : null;
        Summary summary = needsSummary ? mailbox.summary(message).orElse(null) : null;
        if ((needsBody && body == null) || (needsSummary && summary == null)) {
            return false;
        }
        if (items.contains(Attribute.FLAGS)) {
            selected.keywords().announce(message, answers);
        }
        var reading = new Reading(body, summary);
        answers.put("* ").put(number).put(" FETCH ");
        String before = "(";
        for (var item : items) {
            answers.put(before);
            before = " ";
            switch (item) {
                case Attribute attribute -> attribute(attribute, message, reading);
                case Section section -> section(section, reading);
            }
        }
        answers.put(")").end();
        return true;
    }

    private void attribute(Attribute attribute, Message message, Reading reading) {
        switch (attribute) {
            case UID -> answers.put("UID ").put(message.uid());
            case FLAGS -> {
                answers.put("FLAGS (");
                Flags.write(answers.text(), message, selected.isRecent(message));
                answers.put(")");
            }
            case INTERNALDATE ->
                answers.put("INTERNALDATE \"")
                        .put(DateTime.write(message.received()))
                        .put("\"");
            case RFC822_SIZE -> answers.put("RFC822.SIZE ").put(message.size());
            case MODSEQ -> answers.put("MODSEQ (").put(message.modSeq()).put(")");
            case ENVELOPE ->
                summary(reading).ifPresent(all -> answers.put("ENVELOPE ").put(all.envelope()));
            case BODYSTRUCTURE ->
                summary(reading).ifPresent(all -> answers.put("BODYSTRUCTURE ").put(all.structure()));
            case BODY -> answers.put("BODY ").put(StructureText.of(reading.part(), false));
        }
    }

    private static Optional<Summary> summary(Reading reading) {
        return Optional.ofNullable(reading.summary);
    }

    private void section(Section section, Reading reading) {
        Optional<Slice> found = Sections.isHeader(section)
                        && summary(reading).filter(Summary::hasHeader).isPresent()
                ? summary(reading).map(all -> Sections.ofHeader(all.fields(), all.header(), section))
                : Sections.isWhole(section)
                        ? Optional.of(Slice.of(reading.body()))
                        : Sections.of(reading.part(), section);
        answers.put(section.label()).put(" ");
        // RFC 3501 6.4.5 has no word for a part that is not there; NIL is what servers say.
        if (found.isPresent()) {
            answers.literal(found.get().within(section.from(), section.count()));
        } else {
            answers.put("NIL");
        }
    }
}
