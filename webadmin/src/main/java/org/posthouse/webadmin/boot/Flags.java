package org.posthouse.webadmin.boot;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asked for.
 *
 * @param home where all state lies
 * @param httpPort port of the console without TLS
 * @param httpsPort port of the console with TLS
 * @param bind address everything of ours listens on unless the directory says otherwise
 * @param portOffset added to every mail port, so that nobody needs root
 * @param relayPort where other hosts take mail; 25 but in a laboratory
 * @param dnsPort where the DNS answers; 53 but in a laboratory
 * @param hostName the name of this host's Host Server object; none means what the system calls itself
 * @param directory an LDAP server with its root suffix as path; none means the embedded one
 * @param bindDn the account Posthouse uses in that directory
 * @param passwordFile where that account's password stands
 * @param ldapsPort where the embedded directory also listens for other hosts, over TLS; none means for this host alone
 */
record Flags(
        Path home,
        int httpPort,
        int httpsPort,
        String bind,
        int portOffset,
        int relayPort,
        int dnsPort,
        Optional<String> hostName,
        Optional<URI> directory,
        Optional<String> bindDn,
        Optional<Path> passwordFile,
        Optional<Integer> ldapsPort) {

    static final String USAGE = """
            posthouse run [--home DIR] [--http-port N] [--https-port N] [--bind ADDRESS] [--port-offset N]
                          [--host-name NAME] [--relay-port N] [--dns-port N] [--ldaps-port N]
                          [--directory URL --directory-bind-dn DN --directory-password-file FILE]""";

    Flags {
        if (directory.isPresent() && (bindDn.isEmpty() || passwordFile.isEmpty())) {
            throw new Refusal("--directory also needs --directory-bind-dn and --directory-password-file.");
        }
        if (directory.isEmpty() && (bindDn.isPresent() || passwordFile.isPresent())) {
            throw new Refusal("--directory-bind-dn and --directory-password-file go with --directory URL.");
        }
        if (directory.isPresent() && ldapsPort.isPresent()) {
            throw new Refusal("--ldaps-port is of the embedded directory; with --directory there is none.");
        }
        if (httpPort == httpsPort) {
            throw new Refusal("--http-port and --https-port are both " + httpPort + "; they must differ.");
        }
    }

    static Flags of(List<String> words) {
        var given = new CommandLine(words);
        var flags = new Flags(
                Path.of(given.text("--home").orElse("var")).toAbsolutePath().normalize(),
                given.number("--http-port", 8089, 1, 65535),
                given.number("--https-port", 8449, 1, 65535),
                given.text("--bind").orElse("127.0.0.1"),
                given.number("--port-offset", 0, 0, 64000),
                given.number("--relay-port", 25, 1, 65535),
                given.number("--dns-port", 53, 1, 65535),
                given.text("--host-name"),
                given.text("--directory").map(Flags::directory),
                given.text("--directory-bind-dn"),
                given.text("--directory-password-file")
                        .map(file -> Path.of(file).toAbsolutePath().normalize()),
                Optional.of(given.number("--ldaps-port", 0, 1, 65535)).filter(port -> port > 0));
        given.leftOver().ifPresent(word -> {
            throw new Refusal("\"" + word + "\" is not known here.\n" + USAGE);
        });
        return flags;
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
                "--directory wants a URL such as ldaps://ldap.example.com:636/dc=example, not \"" + text + "\".");
    }
}
