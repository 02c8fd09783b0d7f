package org.posthouse.webadmin.history;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.directory.DirectoryException;
import org.posthouse.schema.directory.Signature;
import org.posthouse.schema.directory.Stamp;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.webadmin.history.Author.By;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what others did, in the name of whoever the server says it was. */
final class Strangers {

    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

    /** The stamps of servers count in seconds. */
    static final Duration STAMP = Duration.ofSeconds(2);

    private final History history;
    private final Directory directory;
    private final String service;
    private final Clock clock;
    private final Shadow shadow;
    private @Nullable List<Deed> collected;

    /** With the account of console and engine of this host, whose changes beside the history are an engine's. */
    Strangers(History history, Directory directory, String service, Clock clock, Shadow shadow) {
        this.history = history;
        this.directory = directory;
        this.service = service;
        this.clock = clock;
        this.shadow = shadow;
    }

    /**
     * Collects what is written from now on, or hands over what was collected, so that it can be recorded as one change.
     */
    List<Deed> all(boolean begin) {
        List<Deed> found = collected == null ? List.of() : List.copyOf(collected);
        collected = begin ? new ArrayList<>() : null;
        return found;
    }

    /**
     * What the directory tells of a change.
     *
     * @param now the object as it is; empty when it is gone
     * @param stamp what the server says of its last change
     * @param before the revision at which the object was seen before; 0: not seen
     * @param since since when this console follows the directory
     */
    record Trace(Optional<Entry> now, Optional<Stamp> stamp, long before, Instant since) {}

    /** Records what was done at once. A change made through another console names its author itself. */
    void write(List<Deed> deeds, Trace trace) throws IOException {
        if (collected != null) {
            collected.addAll(deeds);
            return;
        }
        Optional<Signature> signed = signature(deeds.getFirst(), trace);
        Instant at = trace.stamp().flatMap(Stamp::at).orElseGet(clock::instant);
        if (signed.isPresent()) {
            Signature author = signed.get();
            history.noticed(
                    new Author(author.who(), author.address(), by(author)),
                    deeds,
                    at,
                    "Changed through the console " + author.console() + ". Recorded by the console " + history.console()
                            + ".");
            return;
        }
        String remark = remark(deeds.getFirst(), at, trace.since());
        history.noticed(author(trace, deeds.getFirst().kind()), deeds, at, joined(remark, lockout(deeds)));
    }

    private Author author(Trace trace, Kind kind) {
        String who = spelled(trace.stamp().flatMap(Stamp::by).orElse(""));
        // Engines write to the configuration alone.
        boolean engine = Shadow.isShadowed(kind) && !who.isEmpty() && (isService(who) || isHost(who));
        return new Author(who, "", engine ? By.ENGINE : By.TOOL);
    }

    private static String remark(Deed first, Instant at, Instant since) {
        if (first.alterations().isEmpty() && first.what() == Deed.What.CHANGED) {
            return "No readable attribute differs. The password might have been changed.";
        }
        return at.isBefore(since.minus(STAMP)) ? "Changed while this console was not running." : "";
    }

    /** Records that an object got another name or place. */
    void renamed(Deed old, Deed fresh, Trace trace) throws IOException {
        if (collected != null) {
            collected.addAll(List.of(old, fresh));
            return;
        }
        Instant at = trace.stamp().flatMap(Stamp::at).orElseGet(clock::instant);
        history.noticed(
                author(trace, old.kind()),
                List.of(old, fresh),
                at,
                joined("Renamed from " + old.object() + " to " + fresh.object() + ".", lockout(List.of(old))));
    }

    private static String joined(String remark, String more) {
        return remark.isEmpty() || more.isEmpty() ? remark + more : remark + " " + more;
    }

    // Nobody can sign in and see it, so the log has it too.
    private String lockout(List<Deed> deeds) {
        List<Value> members = shadow.known(directory.administrators().toString())
                .map(group -> group.attributes().getOrDefault("member", List.of()))
                .orElse(List.of());
        Set<String> concerned =
                members.stream().map(member -> Names.key(member.text())).collect(Collectors.toSet());
        boolean about = deeds.stream()
                .anyMatch(
                        deed -> Others.isAdministrators(deed.object()) || concerned.contains(Names.key(deed.object())));
        try {
            if (!about || !directory.administratorsAble().isEmpty()) {
                return "";
            }
        } catch (DirectoryException unknown) {
            return "";
        }
        LOG.error(
                "No user can sign in to the console: no member of Administrators is an enabled user. To appoint one, run"
                        + " ./posthouse nimsext --administrator USER");
        return "Since then, no user can sign in to the console.";
    }

    private Optional<Signature> signature(Deed first, Trace trace) {
        if (trace.now().isPresent()) {
            return trace.now()
                    .filter(entry -> entry.revision() > trace.before())
                    .flatMap(Directory::signature)
                    .filter(this::isOfAnother);
        }
        return directory
                .deletedBy(Place.of(first.object()))
                .filter(signed -> signed.revision() >= trace.before())
                .filter(this::isOfAnother);
    }

    private boolean isOfAnother(Signature signed) {
        return !signed.console().equals(history.console());
    }

    private static By by(Signature signed) {
        return Arrays.stream(By.values())
                .filter(by -> by.name().equalsIgnoreCase(signed.by()))
                .findFirst()
                .orElse(By.TOOL);
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
