package org.posthouse.mailcore.nmap;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.posthouse.mailcore.settings.Snapshot;
import org.posthouse.mailcore.wire.Connection;
import org.posthouse.mailcore.wire.Draining;
import org.posthouse.mailcore.wire.LineTooLong;
import org.posthouse.mailcore.wire.TlsKeys;
import org.posthouse.schema.value.AddressText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One NMAP session. Everybody is challenged, also on this host: on Linux a host has many users, and NetMail advises
 * against trusting such hosts.
 */
final class NmapSession {

    private static final Logger LOG = LoggerFactory.getLogger(NmapSession.class);
    private static final int LINE = 8192;
    private static final Set<NmapCommand> WITH_ARGUMENTS =
            EnumSet.of(NmapCommand.AUTH, NmapCommand.HELP, NmapCommand.QCREA, NmapCommand.QSTOR);
    private static final Duration PENALTY = Duration.ofSeconds(2);

    private final Connection connection;
    private final Supplier<String> secret;
    private final TlsKeys tls;
    private final Supplier<List<String>> configuration;
    private final LongAdder unauthorized;
    private final Challenge challenge;
    private final String version;
    private final Intake intake;
    private boolean authorised;

    NmapSession(
            Connection connection,
            Snapshot snapshot,
            Supplier<String> secret,
            TlsKeys tls,
            Supplier<List<String>> configuration,
            LongAdder unauthorized,
            Function<Connection, Intake> intake) {
        this.unauthorized = unauthorized;
        this.connection = connection;
        this.secret = secret;
        this.tls = tls;
        this.configuration = configuration;
        this.challenge = Challenge.fresh(snapshot.officialDomain());
        this.intake = intake.apply(connection);
        this.version = "Posthouse NMAP server of " + snapshot.server().name();
    }

    /** Speaks until the peer quits or is told to go. */
    void run() {
        say("4242 NMAP <" + challenge.text() + ">");
        try (intake) {
            boolean on = true;
            while (on) {
                on = obey();
            }
        } catch (Draining closing) {
            say("5002 NMAP server shutting down");
        }
    }

    private boolean obey() {
        String[] words;
        try {
            words = connection.line(LINE).strip().split("\\s+", 2);
        } catch (LineTooLong tooLong) {
            say("5003 Input too long");
            return true;
        }
        Optional<NmapCommand> command = NmapCommand.of(words[0]);
        if (command.isEmpty()) {
            say("3000 Unknown command");
            return true;
        }
        if (command.get().guarded() && !authorised) {
            say("3240 Not authenticated");
            return true;
        }
        return obey(command.get(), words.length > 1 ? words[1] : "");
    }

    private boolean obey(NmapCommand command, String arguments) {
        if (!WITH_ARGUMENTS.contains(command) && !arguments.isEmpty()) {
            say("3010 Usage: " + command.usage());
            return true;
        }
        return switch (command) {
            case AUTH -> auth(arguments);
            case HELP -> help(arguments);
            case CAPA -> list(tls.context().isPresent() ? List.of("NMAP1", "TLS") : List.of("NMAP1"));
            case CONF -> list(configuration.get());
            case NVER -> say("1000 " + version);
            case NOOP -> say("1000 OK");
            case TLS -> startTls();
            case QCREA -> say(intake.create(arguments));
            case QSTOR -> store(arguments);
            case QRUN -> say(intake.run());
            case QABRT -> say(intake.abort());
            case QDSPC -> say(intake.space());
            case QUIT -> !say("1000 Bye");
        };
    }

    private boolean auth(String arguments) {
        String[] words = arguments.split("\\s+");
        if (words.length < 2
                || words.length > 3
                || !words[0].toUpperCase(Locale.ROOT).equals("SYSTEM")) {
            return say("3010 Usage: " + NmapCommand.AUTH.usage());
        }
        if (authorised) {
            return say("4241 Already authenticated");
        }
        if (!challenge.isAnsweredBy(words[1], secret.get())) {
            LOG.warn("NMAP: {} does not know the system secret", AddressText.of(connection.peer()));
            unauthorized.increment();
            LockSupport.parkNanos(PENALTY.toNanos());
            return !say("3242 Bad authentication");
        }
        connection.known();
        authorised = true;
        return say("1000 " + (words.length == 3 ? new Challenge(words[2]).counter(secret.get()) : "OK"));
    }

    private boolean store(String arguments) {
        String[] words = arguments.split("\\s+", 2);
        String rest = words.length > 1 ? words[1].strip() : "";
        return say(
                words[0].equalsIgnoreCase("MESSAGE")
                        ? intake.message(rest, connection::octets)
                        : intake.store(words[0], rest));
    }

    private boolean help(String name) {
        if (name.isEmpty()) {
            return list(java.util.Arrays.stream(NmapCommand.values())
                    .map(NmapCommand::usage)
                    .toList());
        }
        return NmapCommand.of(name)
                .map(command -> list(List.of(command.usage(), command.explanation())))
                .orElseGet(() -> say("3010 There is no such command"));
    }

    private boolean startTls() {
        var context = tls.context();
        if (context.isEmpty() || connection.secure()) {
            return say("4244 Not supported");
        }
        say("1000 Begin TLS");
        connection.startTls(context.get());
        return true;
    }

    private boolean list(List<String> lines) {
        lines.forEach(line -> connection.send("2001-" + line + "\r\n"));
        return say("1000 OK");
    }

    private boolean say(String line) {
        connection.send(line + "\r\n");
        connection.flush();
        return true;
    }
}
