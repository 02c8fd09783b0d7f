package org.posthouse.webadmin.attention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthouse.schema.login.Guesser;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** Who guesses passwords at a host or at the console: the most active addresses by name, the others by number. */
final class GuessingConcerns {

    private static final int NAMED = 3;
    private static final int NAMES = 5;

    private GuessingConcerns() {}

    /** What is said of the addresses from which passwords are guessed at a host. */
    static List<Concern> at(Place host, List<Guesser> guessers, Instant now) {
        return of(Optional.of(host), guessers, now);
    }

    /** What is said of the addresses from which passwords of the console are guessed. */
    static List<Concern> atConsole(List<Guesser> guessers, Instant now) {
        return of(Optional.empty(), guessers, now);
    }

    private static List<Concern> of(Optional<Place> host, List<Guesser> guessers, Instant now) {
        var found = new ArrayList<Concern>();
        for (Guesser guesser : guessers.subList(0, Math.min(NAMED, guessers.size()))) {
            List<String> names = guesser.names();
            List<String> latest = names.subList(Math.max(0, names.size() - NAMES), names.size());
            List<Object> values = List.of(
                    guesser.source(),
                    guesser.tries(),
                    Math.max(1, Duration.between(guesser.since(), now).toMinutes()),
                    String.join(", ", latest),
                    host.map(Place::leaf).orElse(""));
            found.add(concern(host, host.isPresent() ? "guessing" : "guessingConsole", values));
        }
        if (guessers.size() > NAMED) {
            List<Object> values =
                    List.of(guessers.size() - NAMED, host.map(Place::leaf).orElse(""));
            found.add(concern(host, host.isPresent() ? "guessingMore" : "guessingConsoleMore", values));
        }
        return found;
    }

    private static Concern concern(Optional<Place> host, String key, List<Object> values) {
        return new Concern(Severity.GUESSING, key, values, host, Kind.HOST_SERVER, "");
    }
}
