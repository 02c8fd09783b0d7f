package org.posthouse.mailcore.ims;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.posthouse.mailcore.agent.Listening;
import org.posthouse.mailcore.agent.Outside;
import org.posthouse.mailcore.engine.Engine;
import org.posthouse.mailcore.engine.EngineOptions;
import org.posthouse.mailcore.engine.Patience;

/**
 * The engine as a program. It finds the messaging servers whose Host Server is this host and starts every enabled agent;
 * it never starts the console. NetMail "ims".
 */
public final class Ims {

    private Ims() {}

    /** {@code posthouse ims}. Ends with 2 when the command line is wrong, 1 when it cannot start. */
    public static void main(String... arguments) {
        try {
            run(flags(arguments), System.out);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            System.err.println("posthouse ims: " + refused.getMessage());
            System.exit(1);
        }
    }

    // The launcher answers --help itself.
    private static Properties flags(String... arguments) {
        try {
            return Flags.read(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println("posthouse ims: " + wrong.getMessage());
            System.exit(2);
            throw wrong;
        }
    }

    /**
     * Starts the engine of this host in the background. Keys: {@code home}, {@code bind}, {@code port-offset},
     * {@code relay-port}, {@code dns-port} and {@code policy-port} (of the world outside), {@code status-port}, {@code status-address},
     * {@code host-name}, {@code take-over},
     * {@code directory.properties} (a file) or {@code directory.url}, {@code directory.root}, {@code directory.bindDn},
     * {@code directory.passwordFile}. Without a file, those of the directory may be set later, the last of them
     * {@code directory.complete}.
     * With {@code head-start}, returns when the servers of the saved settings have started, or after so many
     * milliseconds. Closing what is returned stops it, drained.
     */
    public static AutoCloseable start(Properties settings) {
        Engine engine = engine(settings);
        engine.awaitServers(Duration.ofMillis(Long.parseLong(settings.getProperty("head-start", "0"))));
        return engine;
    }

    static Engine engine(Properties settings) {
        Clock clock = Clock.systemUTC();
        return Engine.start(new EngineOptions(
                hostName(settings),
                Path.of(settings.getProperty("home", "var"))
                        .toAbsolutePath()
                        .normalize()
                        .resolve("engine"),
                new Listening(address(settings), number(settings, "port-offset")),
                new Outside(
                        number(settings, "relay-port", Outside.USUAL.smtpPort()),
                        number(settings, "dns-port", Outside.USUAL.dnsPort()),
                        number(settings, "policy-port", Outside.USUAL.policyPort())),
                new InetSocketAddress(statusAddress(settings), number(settings, "status-port")),
                Boolean.parseBoolean(settings.getProperty("take-over")),
                () -> new WhereItIs(settings, clock).connect(),
                Map.of(),
                Patience.USUAL,
                version(),
                clock));
    }

    // Returns only when the process ends: by a signal, which the hook answers with an orderly stop.
    private static void run(Properties settings, PrintStream terminal) {
        var home = Path.of(settings.getProperty("home")).toAbsolutePath().normalize();
        Claim claim = Claim.of(home);
        Path log = Log.in(home.resolve("logs"));
        if (settings.containsKey("join")) {
            join(settings, home, claim, terminal);
        }
        Engine engine = engine(settings);
        claim.announce(engine.statusUrl());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            terminal.println("Mail engine is stopping.");
            engine.close();
            claim.close();
        }));
        terminal.println("Mail engine of host " + hostName(settings) + " is up.");
        terminal.println("  Status board " + engine.statusUrl());
        terminal.println("  Log          " + log);
        engine.onObjection(terminal::println);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Properties settings, Path home, Claim claim, PrintStream terminal) {
        try {
            Join join = Join.of(settings.getProperty("join"));
            String name = join.run(
                    home,
                    givenName(settings).orElseGet(Ims::ownName),
                    Optional.ofNullable(settings.getProperty("directory.ca")).map(Path::of));
            settings.setProperty("host-name", name);
            terminal.println("This host joined as " + name + ". From now on, start it with ./posthouse ims --home "
                    + home + " starts it.");
        } catch (IllegalStateException refused) {
            claim.close();
            throw refused;
        }
    }

    private static InetAddress address(Properties settings) {
        String bind = settings.getProperty("bind", "127.0.0.1");
        try {
            return InetAddress.ofLiteral(bind);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("--bind " + bind + " is not an IP address.", malformed);
        }
    }

    // What the command line says, else where the console saw this host when it joined, else this machine alone.
    private static InetAddress statusAddress(Properties settings) {
        String given = Optional.ofNullable(settings.getProperty("status-address"))
                .or(() -> new WhereItIs(settings, Clock.systemUTC()).statusAddress())
                .orElse("127.0.0.1");
        try {
            InetAddress address = InetAddress.ofLiteral(given);
            if (!address.isAnyLocalAddress()) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // Answered below.
        }
        throw new IllegalArgumentException(
                "--status-address " + given + " is not one IP address by which consoles reach this host.");
    }

    private static int number(Properties settings, String key) {
        return number(settings, key, 0);
    }

    private static int number(Properties settings, String key, int usual) {
        String text = settings.getProperty(key, Integer.toString(usual));
        try {
            int number = Integer.parseInt(text);
            if (number < 0 || number > 65_535) {
                throw new NumberFormatException(text);
            }
            return number;
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "--" + key + " " + text + " is not a number from 0 to 65535.", malformed);
        }
    }

    // What the command line says, else what this host joined as, else what the machine calls itself.
    private static String hostName(Properties settings) {
        return givenName(settings)
                .or(() -> new WhereItIs(settings, Clock.systemUTC()).hostName())
                .orElseGet(Ims::ownName);
    }

    private static Optional<String> givenName(Properties settings) {
        return Optional.of(settings.getProperty("host-name", "").strip()).filter(name -> !name.isEmpty());
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    private static String version() {
        return Optional.ofNullable(Ims.class.getPackage().getImplementationVersion())
                .orElse("1.0.0");
    }
}
