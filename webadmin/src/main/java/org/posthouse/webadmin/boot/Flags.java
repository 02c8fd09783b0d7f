package org.posthouse.webadmin.boot;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthouse.schema.commandline.CommandBuilder;
import org.posthouse.schema.commandline.Words;

/**
 * What the command line asked for.
 *
 * @param home where all state lies
 * @param httpPort port of the console without TLS; none means as its WebAdmin Server object says
 * @param httpsPort port of the console with TLS; none likewise
 * @param bind address everything of ours listens on unless the directory says otherwise; none means 127.0.0.1
 * @param portOffset added to every mail port, so that nobody needs root
 * @param relayPort where other hosts take mail; 25 but in a laboratory
 * @param dnsPort where the DNS answers; 53 but in a laboratory
 * @param hostName the name of this host's Host Server object; none means what the system calls itself
 * @param directory an LDAP server with its root suffix as path; none means the embedded one
 * @param bindDn the account Posthouse uses in that directory
 * @param passwordFile where that account's password stands
 * @param authorities a PEM file of certificate authorities that are trusted for TLS with that directory
 * @param startTls whether a connection to that directory changes to TLS first
 * @param confirmSeconds how long a change that can lock administrators out waits for confirmation
 * @param takeOver whether the engine serves its host although another engine does
 * @param ldapsPort where the embedded directory also listens for other hosts, over TLS; none means for this host alone
 */
record Flags(
        Path home,
        Optional<Integer> httpPort,
        Optional<Integer> httpsPort,
        Optional<String> bind,
        int portOffset,
        int relayPort,
        int dnsPort,
        int confirmSeconds,
        Optional<String> hostName,
        Optional<URI> directory,
        Optional<String> bindDn,
        Optional<Path> passwordFile,
        Optional<Path> authorities,
        boolean startTls,
        boolean takeOver,
        Optional<Integer> ldapsPort) {

    Flags {
        if (directory.isPresent() && (bindDn.isEmpty() || passwordFile.isEmpty())) {
            throw new Refusal("--directory also needs --directory-bind-dn and --directory-password-file.");
        }
        if (directory.isEmpty() && (bindDn.isPresent() || passwordFile.isPresent())) {
            throw new Refusal("--directory-bind-dn and --directory-password-file go with --directory URL.");
        }
        if (directory.isEmpty() && (authorities.isPresent() || startTls)) {
            throw new Refusal("--directory-ca and --directory-starttls go with --directory URL.");
        }
        checkTls(directory.map(URI::getScheme).orElse(""), authorities, startTls);
        if (directory.isPresent() && ldapsPort.isPresent()) {
            throw new Refusal("--ldaps-port is of the embedded directory; with --directory there is none.");
        }
        if (httpPort.isPresent() && httpPort.equals(httpsPort)) {
            throw new Refusal("--http-port and --https-port are both " + httpPort.get() + "; they must differ.");
        }
    }

    private static void checkTls(String scheme, Optional<Path> authorities, boolean startTls) {
        if (startTls && scheme.equals("ldaps")) {
            throw new Refusal("--directory-starttls is for ldap:// URLs; ldaps:// always uses TLS.");
        }
        if (authorities.isPresent() && !startTls && scheme.equals("ldap")) {
            throw new Refusal("--directory-ca is for TLS; use an ldaps:// URL or --directory-starttls.");
        }
        if (authorities.isPresent() && !Files.isReadable(authorities.get())) {
            throw new Refusal("--directory-ca: " + authorities.get() + " cannot be read.");
        }
    }

    static Flags of(List<String> words) {
        return of(words, System.getenv());
    }

    static Flags of(List<String> words, Map<String, String> environment) {
        Words given = read(words);
        return new Flags(
                Path.of(given.text("--home").orElse(environment.getOrDefault("POSTHOUSE_HOME", "var")))
                        .toAbsolutePath()
                        .normalize(),
                port(given, "--http-port"),
                port(given, "--https-port"),
                given.text("--bind"),
                number(given, "--port-offset", 0, 0, 64000),
                number(given, "--relay-port", 25, 1, 65535),
                number(given, "--dns-port", 53, 1, 65535),
                number(given, "--confirm-seconds", 60, 5, 3600),
                given.text("--host-name"),
                given.text("--directory").map(Flags::directory),
                given.text("--directory-bind-dn"),
                file(given, "--directory-password-file"),
                file(given, "--directory-ca"),
                given.has("--directory-starttls"),
                given.has("--take-over"),
                port(given, "--ldaps-port"));
    }

    private static Words read(List<String> words) {
        try {
            return Words.read(
                    CommandBuilder.command("posthouse")
                            .action(RunCommand.declared())
                            .build(),
                    Stream.concat(Stream.of("run"), words.stream()).toList());
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static Optional<Path> file(Words given, String flag) {
        return given.text(flag).map(file -> Path.of(file).toAbsolutePath().normalize());
    }

    private static Optional<Integer> port(Words given, String flag) {
        return given.text(flag).map(text -> inRange(flag, text, 1, 65535));
    }

    private static int number(Words given, String flag, int fallback, int least, int most) {
        return given.text(flag).map(text -> inRange(flag, text, least, most)).orElse(fallback);
    }

    private static int inRange(String flag, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Same answer as a number out of range.
        }
        throw new Refusal("%s requires a number from %d to %d, not \"%s\".".formatted(flag, least, most, text));
    }

    private static URI directory(String text) {
        try {
            var url = URI.create(text);
            var scheme = String.valueOf(url.getScheme());
            if (url.getHost() != null && (scheme.equals("ldap") || scheme.equals("ldaps"))) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            // Answered below: what helps is the form, not where the parser stumbled.
        }
        throw new Refusal(
                "--directory requires a URL such as ldaps://ldap.example.com:636/dc=example, not \"" + text + "\".");
    }
}
