package org.posthouse.webadmin.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.option.Effect;
import org.posthouse.schema.option.OptionFacts;
import org.posthouse.schema.status.State;
import org.posthouse.schema.tree.Entry;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;
import org.posthouse.schema.value.SignedText;
import org.posthouse.schema.value.TrustedAuthorities;
import org.posthouse.webadmin.form.Change;
import org.posthouse.webadmin.form.LicenceCheck;
import org.posthouse.webadmin.pulse.Board;
import org.posthouse.webadmin.pulse.Board.Obedience;
import org.posthouse.webadmin.pulse.Pulse;
import org.posthouse.webadmin.words.Words;

/** Changes and what they do, in words. */
@Named
@RequestScoped
public class Savebar {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Inject
    private Pulse pulse;

    @Inject
    private Words words;

    @Inject
    private Links links;

    /** The value of an option as people read it; a secret is never shown. */
    public String shown(OptionFacts option, List<String> texts) {
        if (texts.isEmpty()) {
            return words.of("value.none");
        }
        if (option.secret()) {
            return "•••";
        }
        if (option.type() == boolean.class) {
            return words.of(texts.getFirst().equalsIgnoreCase("TRUE") ? "value.on" : "value.off");
        }
        if (option.type() == SignedText.class || option.type() == TrustedAuthorities.class) {
            return words.of("value.lines", texts.getFirst().lines().count());
        }
        if (option.type().isEnum()) {
            return words.choice(option, texts.getFirst());
        }
        String text = option.type() == Place.class ? links.leaf(texts.getFirst()) : texts.getFirst();
        return option.unit().isEmpty() ? text : text + " " + words.unit(option);
    }

    /** What a change does to the running engine, and how many sessions it touches. */
    public String impact(Change change, Entry object) {
        boolean server = object.kind() == Kind.MESSAGING_SERVER;
        if (object.kind() == Kind.WEBADMIN_SERVER) {
            return words.of("impact.console." + change.option().effect());
        }
        if (!server && !object.kind().isAgent()) {
            return words.of("impact.object");
        }
        if (change.option().type() == SignedText.class) {
            return licence(change, object);
        }
        Effect effect = change.option().effect();
        if (effect == Effect.LIVE) {
            return words.effect(effect);
        }
        long sessions = server ? serverSessions(object.place()) : agentSessions(object.place());
        String whom = server ? words.of("impact.agents", object.name()) : object.name();
        return words.of("impact." + effect, whom, sessions);
    }

    // What a licence leaves out stops at once, with its sessions.
    private String licence(Change change, Entry server) {
        var licensing =
                LicenceCheck.licensing(change.after().stream().findFirst().map(SignedText::new));
        List<Board.Agent> stopped = pulse.server(server.place()).stream()
                .flatMap(state -> state.agents().stream())
                .filter(agent -> licensing.stops(agent.kind()))
                .toList();
        if (stopped.isEmpty()) {
            return words.effect(Effect.LIVE);
        }
        String names = words.joined(
                stopped.stream().map(agent -> words.kind(agent.kind())).toList());
        return words.of(
                "impact.licence",
                names,
                stopped.stream().mapToLong(Board.Agent::sessions).sum());
    }

    private long serverSessions(Place server) {
        return pulse.server(server).stream()
                .flatMap(state -> state.agents().stream())
                .mapToLong(Board.Agent::sessions)
                .sum();
    }

    private long agentSessions(Place agent) {
        return pulse.agent(agent).map(Board.Agent::sessions).orElse(0L);
    }

    /** Which revision is in force since when, and which one is wanted when that is another; or that it does not run. */
    public String obeys(Optional<Obedience> part) {
        if (part.isEmpty()) {
            return "–";
        }
        Obedience state = part.get();
        String since = state.obeyedAt()
                .map(at -> TIME.format(at.atZone(ZoneId.systemDefault())))
                .orElse("–");
        if (state.state().isOff()) {
            return words.of("obeys.off");
        }
        if (state.state() == State.WAITING) {
            return words.of("obeys.waits");
        }
        return state.isCurrent()
                ? words.of("obeys.current", state.obeyed(), since)
                : words.of(
                        state.isRefused(state.wanted()) ? "obeys.refused" : "obeys.lags",
                        state.wanted(),
                        state.obeyed(),
                        since);
    }

    /** A duration in its largest unit. */
    public String duration(long seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        if (duration.toHours() > 47) {
            return words.of("duration.days", duration.toDays());
        }
        if (duration.toMinutes() > 119) {
            return words.of("duration.hours", duration.toHours());
        }
        return seconds > 119
                ? words.of("duration.minutes", duration.toMinutes())
                : words.of("duration.seconds", seconds);
    }
}
