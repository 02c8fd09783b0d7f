package org.posthouse.webadmin.boot;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells at the terminal how to sign in for the first time. While the directory is unavailable nobody knows whether it was
 * set up; then that is told as soon as it responds.
 */
final class Greeting implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PACE = Duration.ofSeconds(1);

    private final Home home;
    private final Clock clock;
    private final PrintStream terminal;
    private final Supplier<String> console;
    private @Nullable Thread waiting;
    private volatile boolean closed;

    /** Prints links to the console at this URL. */
    Greeting(Home home, Clock clock, PrintStream terminal, Supplier<String> console) {
        this.home = home;
        this.clock = clock;
        this.terminal = terminal;
        this.console = console;
    }

    /** Tells it now, or later. */
    void greet(String directory) {
        SetupState state = CompletableFuture.supplyAsync(SetupState::ask)
                .completeOnTimeout(SetupState.UNKNOWN, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (state != SetupState.UNKNOWN) {
            tell(state);
            return;
        }
        terminal.println("  Directory    " + directory + " is unavailable; retrying");
        String why = SetupState.reason();
        if (!why.isEmpty()) {
            terminal.println("               " + why);
        }
        waiting = Thread.ofVirtual().name("greeting").start(() -> waitFor(directory));
    }

    private void waitFor(String directory) {
        var state = SetupState.UNKNOWN;
        while (!closed && state == SetupState.UNKNOWN) {
            LockSupport.parkNanos(PACE.toNanos());
            state = closed ? state : SetupState.ask();
        }
        if (state != SetupState.UNKNOWN) {
            terminal.println("  Directory    " + directory + " responds");
            tell(state);
        }
    }

    private void tell(SetupState state) {
        switch (state) {
            case DONE -> SetupLink.withdraw(home);
            case UNKNOWN -> {}
            case ORPHANED -> {
                terminal.println(
                        "  Sign-in      no one can sign in: the group of administrators is missing. To repair it, run");
                terminal.println("               ./posthouse nimsext --administrator USER");
            }
            case OPEN -> {
                terminal.println("  First start  set it up within " + SetupLink.VALID.toMinutes() + " minutes:");
                terminal.println("               " + SetupLink.renew(home, clock, console.get()));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        var told = waiting;
        if (told != null) {
            LockSupport.unpark(told);
        }
    }
}
