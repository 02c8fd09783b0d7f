package org.posthouse.webadmin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, and what is said of a command line that is wrong. */
class UsageTest {

    private static String run(String words) {
        var out = new ByteArrayOutputStream();
        Cli.run(
                words.isEmpty() ? List.of() : List.of(words.split(" ")),
                Map.of("HOME", "/nonexistent"),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    runn                        | "runn" is not a command of posthouse. Did you mean "run"?
                    statu                       | "statu" is not a command of posthouse. Did you mean "status"?
                    run --hom x                 | "--hom" is not an option of posthouse run. Did you mean "--home"?
                    stop --hom x                | "--hom" is not an option of posthouse stop. Did you mean "--home"?
                    ims --port-ofset 3          | "--port-ofset" is not an option of posthouse ims. Did you mean "--port-offset"?
                    stop --home                 | --home needs a value after it.
                    get --user --json           | --user needs a value after it.
                    get x --usr anna            | "--usr" is not an option of posthouse get. Did you mean "--user"?
                    command strat mail1         | "strat" is not a command of posthouse command. Did you mean "start"?
                    certificate shw mail1       | "shw" is not a command of posthouse certificate. Did you mean "show"?
                    license instal mail1 f      | "instal" is not a command of posthouse license. Did you mean "install"?
                    history verfy               | "verfy" is not a command of posthouse history. Did you mean "verify"?
                    host shwo h                 | "shwo" is not a command of posthouse host. Did you mean "show"?
                    certificate show            | SERVER is missing.
                    stat                        | SERVER is missing.
                    rmbox mail1                 | MAILBOX is missing.
                    rmbox mail1 anna --list     | --list takes no MAILBOX.
                    stat a b                    | "b" is one argument too many.
                    stop now                    | "now" is one argument too many.
                    setup                       | --organization NAME, --server NAME, --domain DOMAIN are missing.
                    setup --no-server           | --organization NAME is missing.
                    completion fish             | "fish" is not one of the shells bash and zsh
                    get --url mail.example.com  | "mail.example.com" is not the address of a console
                    """)
    void theErrorComesFirstAndEndsWithTwo(String words, String said) {
        var failure = assertThrows(Failure.class, () -> run(words));
        assertEquals(Failure.USAGE, failure.code());
        assertTrue(String.valueOf(failure.getMessage()).startsWith(said), failure.getMessage());
        assertTrue(String.valueOf(failure.getMessage()).lines().count() < 12, "short: " + failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "ims",
                "stop",
                "test",
                "setup",
                "status",
                "get",
                "set",
                "create",
                "delete",
                "command",
                "confirm",
                "export",
                "apply",
                "certificate",
                "license",
                "host",
                "history",
                "stat",
                "rmbox",
                "imspmfix",
                "nimsext",
                "sign-in",
                "sign-out",
                "completion",
                "history export",
                "certificate install"
            })
    void helpIsOfOneCommand(String command) {
        String help = run("help " + command);
        assertTrue(help.startsWith("Usage: posthouse " + command + " "), help);
        assertEquals(help, run(command + " --help"));
    }

    @Test
    void helpAloneListsTheCommandsInOneLineEach() {
        String help = run("");
        assertEquals(help, run("help"));
        assertEquals(help, run("--help"));
        assertTrue(help.contains("\n  sign-in ") && help.contains("POSTHOUSE_URL"), help);
        assertFalse(help.contains("--port-offset"), help);
    }

    @Test
    void theVersionNamesTheJavaThatRuns() {
        assertTrue(run("--version").contains("Java " + System.getProperty("java.version")), run("--version"));
        assertEquals(run("--version"), run("version"));
    }

    @Test
    void completionKnowsOptionsAndActions() {
        String script = run("completion bash");
        assertTrue(script.contains("--port-offset") && script.contains("self-signed"), script);
        assertEquals(script, run("completion zsh"));
    }
}
