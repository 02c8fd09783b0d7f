package org.posthouse.mailcore.ims;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.posthouse.schema.commandline.EngineCommand;
import org.posthouse.schema.commandline.Words;

/** The command line of {@code posthouse ims}, turned into the properties {@link Ims#start} takes. */
final class Flags {

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("--home", "home"),
            Map.entry("--directory", "directory"),
            Map.entry("--directory-bind-dn", "directory.bindDn"),
            Map.entry("--directory-password-file", "directory.passwordFile"),
            Map.entry("--directory-ca", "directory.ca"),
            Map.entry("--bind", "bind"),
            Map.entry("--port-offset", "port-offset"),
            Map.entry("--relay-port", "relay-port"),
            Map.entry("--dns-port", "dns-port"),
            Map.entry("--policy-port", "policy-port"),
            Map.entry("--status-port", "status-port"),
            Map.entry("--status-address", "status-address"),
            Map.entry("--host-name", "host-name"),
            Map.entry("--join", "join"));
    private static final Set<String> SCHEMES = Set.of("ldap", "ldaps");

    private Flags() {}

    /** The properties the arguments say. Throws IllegalArgumentException in words for the terminal. */
    static Properties read(String... arguments) {
        return read(List.of(arguments), System.getenv());
    }

    static Properties read(List<String> arguments, Map<String, String> environment) {
        Words words = Words.read(
                EngineCommand.spec(),
                Stream.concat(Stream.of("ims"), arguments.stream()).toList());
        var properties = new Properties();
        properties.setProperty("home", environment.getOrDefault("POSTHOUSE_HOME", "var"));
        KNOWN.forEach((option, key) -> words.text(option).ifPresent(value -> properties.setProperty(key, value)));
        properties.setProperty("take-over", Boolean.toString(words.has("--take-over")));
        if (properties.containsKey("join")) {
            if (properties.containsKey("directory")) {
                throw new IllegalArgumentException("Use either --join or --directory, not both.");
            }
            Join.of(properties.getProperty("join"));
        }
        if (words.has("--directory-starttls")) {
            properties.setProperty("directory.startTls", "true");
        }
        directory(properties);
        certificates(properties);
        return properties;
    }

    private static void certificates(Properties properties) {
        String file = properties.getProperty("directory.ca");
        if (file != null && !Files.isReadable(Path.of(file))) {
            throw new IllegalArgumentException("--directory-ca: " + file + " cannot be read.");
        }
        if (file != null) {
            properties.setProperty(
                    "directory.ca", Path.of(file).toAbsolutePath().normalize().toString());
        }
        String typed = properties.getProperty("directory", "");
        if (properties.containsKey("directory.startTls") && typed.startsWith("ldaps:")) {
            throw new IllegalArgumentException("--directory-starttls is for ldap:// URLs; ldaps:// always uses TLS.");
        }
    }

    // RFC 4516 2: what follows the host is the distinguished name, percent-encoded; URI decodes it.
    private static void directory(Properties properties) {
        String typed = properties.getProperty("directory");
        if (typed == null) {
            properties.setProperty(
                    "directory.properties",
                    Path.of(properties.getProperty("home"), "directory.properties")
                            .toString());
            return;
        }
        URI url = URI.create(typed);
        String root = String.valueOf(url.getPath()).replaceFirst("^/", "");
        if (!SCHEMES.contains(String.valueOf(url.getScheme())) || url.getHost() == null || root.isEmpty()) {
            throw new IllegalArgumentException(
                    "--directory " + typed + " is not of the form ldaps://directory.example.com/dc=example.");
        }
        int port = url.getPort() > 0 ? url.getPort() : url.getScheme().equals("ldaps") ? 636 : 389;
        properties.setProperty("directory.url", url.getScheme() + "://" + url.getHost() + ":" + port);
        properties.setProperty("directory.root", root);
        // Nobody else says where it is.
        properties.setProperty("directory.complete", "true");
    }
}
