package org.posthouse.webadmin.history;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.Stamp;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Author.By;

/** Writes down what others did, in the name of whoever the server says it was. */
final class Strangers {

    /** The stamps of servers count in seconds. */
    static final Duration STAMP = Duration.ofSeconds(2);

    private final History history;
    private final Directory directory;
    private final String service;
    private final Clock clock;
    private final Shadow shadow;

    /** With the account of console and engine of this host, whose changes beside the history are an engine's. */
    Strangers(History history, Directory directory, String service, Clock clock, Shadow shadow) {
        this.history = history;
        this.directory = directory;
        this.service = service;
        this.clock = clock;
        this.shadow = shadow;
    }

    /** What was done at once; what was done before this console followed is remarked as such. */
    void write(List<Deed> deeds, Optional<Stamp> stamp, Instant since) throws IOException {
        String who = spelled(stamp.flatMap(Stamp::by).orElse(""));
        Instant at = stamp.flatMap(Stamp::at).orElseGet(clock::instant);
        boolean engine = !who.isEmpty() && (isService(who) || isHost(who));
        Deed first = deeds.getFirst();
        String remark = first.alterations().isEmpty() && first.what() == Deed.What.CHANGED
                ? "nothing that can be read differs: a password, perhaps"
                : at.isBefore(since.minus(STAMP)) ? "made while this console was down" : "";
        history.noticed(new Author(who, "", engine ? By.ENGINE : By.TOOL), deeds, at, remark);
    }

    // A server names whoever it was in a spelling of its own: OpenDJ folds case and blanks.
    private String spelled(String who) {
        try {
            return who.isEmpty()
                    ? who
                    : directory
                            .read(Place.of(who))
                            .map(entry -> entry.place().toString())
                            .orElse(who);
        } catch (IllegalArgumentException | DirectoryException unknown) {
            return who;
        }
    }

    // OpenDJ binds a root user by a short name of its own (ds-cfg-alternate-bind-dn) and signs with the long one.
    private boolean isService(String who) {
        String key = Names.key(who);
        return key.equals(Names.key(service)) || key.equals(Names.key(service) + ",cn=root dns,cn=config");
    }

    private boolean isHost(String who) {
        return shadow.known(who).map(known -> known.kind() == Kind.HOST_SERVER).orElse(false);
    }
}
