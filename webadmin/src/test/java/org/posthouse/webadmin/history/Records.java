package org.posthouse.webadmin.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.posthouse.schema.directory.Act;
import org.posthouse.schema.directory.Scribe;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** A history in a folder, with a clock that goes as told, and its files for whoever wants to tamper with them. */
final class Records implements AutoCloseable {

    static final Place SMTP = Place.of("cn=SMTP Agent,ou=mail1,o=Internet Services,dc=posthouse");
    static final Author ANNA = new Author("cn=anna,dc=posthouse", "192.0.2.7", Author.By.PAGE);

    final Path home;
    final Turned clock = new Turned();
    private final Optional<String> secret;
    History history;

    Records(Path home) throws IOException {
        this(home, Optional.of("system secret"));
    }

    Records(Path home, Optional<String> secret) throws IOException {
        this.home = home;
        this.secret = secret;
        history = open();
    }

    private History open() throws IOException {
        History opened = History.open(home, clock, () -> secret);
        opened.index();
        return opened;
    }

    /** Ends it and opens it again, as a restart does. */
    History again() throws IOException {
        history.close();
        history = open();
        return history;
    }

    /** A change carried out: the retry interval from one value to another. */
    long change(String before, String after) {
        return change(SMTP, "posthouseRetryInterval", List.of(before), List.of(after));
    }

    long change(Place place, String attribute, List<String> before, List<String> after) {
        return act(new Act.Changed(place, Kind.SMTP_AGENT, Map.of(attribute, before), Map.of(attribute, after)));
    }

    long act(Act... acts) {
        long number = history.newest() + 1;
        Scribe.Note note = history.scribe(ANNA).open();
        List.of(acts).forEach(note::about);
        note.ready();
        note.done(number);
        return number;
    }

    void changes(int many) {
        IntStream.range(0, many).forEach(i -> change("" + i, "" + (i + 1)));
    }

    Path file() throws IOException {
        return new Pages(home.resolve("history")).files().getLast();
    }

    Path anchors() {
        return home.resolve("history.anchors");
    }

    List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(file()));
    }

    void write(List<String> lines) throws IOException {
        Files.writeString(file(), String.join("\n", lines) + "\n");
    }

    /** What is wrong with the files, in words. */
    List<String> faults() throws IOException {
        return Chain.verify(home.resolve("history")).faults().stream()
                .map(Fault::toString)
                .toList();
    }

    @Override
    public void close() throws IOException {
        history.close();
    }

    /** A clock that somebody turns. */
    static final class Turned extends Clock {
        private Instant now = Instant.parse("2026-11-28T10:00:00Z");

        void by(Duration amount) {
            now = now.plus(amount);
        }

        @Override
        public Instant instant() {
            now = now.plusMillis(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
