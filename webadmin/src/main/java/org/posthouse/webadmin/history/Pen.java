package org.posthouse.webadmin.history;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.posthouse.schema.directory.Scribe;
import org.posthouse.schema.directory.Signature;

/**
 * Writes into a history in an author's name.
 *
 * @param history where it writes, opened when it does so first
 * @param author in whose name
 */
public record Pen(Supplier<History> history, Author author) implements Scribe {

    @Override
    public Optional<Signature> signature() {
        return Optional.of(new Signature(
                0,
                author.who(),
                author.by().name().toLowerCase(Locale.ROOT),
                author.address(),
                history.get().console(),
                ""));
    }

    @Override
    public Note open() {
        return new Recorder(history.get(), author);
    }

    @Override
    public Note resume(CutOff cutOff) {
        History written = history.get();
        return written.cutOff(cutOff)
                .<Note>map(change -> new Recorder(written, change))
                .orElseGet(NONE::open);
    }

    @Override
    public Scribe saying(String plan) {
        return new Pen(history, author.planned(plan));
    }
}
