package org.posthouse.mailcore.ims;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The command line of {@code posthouse ims}, turned into the properties {@link Ims#start} takes. */
final class Flags {

    static final String HELP = """
            posthouse ims     run the mail engine of this host
              --home DIR                        where its state lies (./var)
              --directory ldap[s]://HOST/ROOT   the LDAP server; without it the one named in HOME/directory.properties
              --directory-bind-dn DN            as whom to bind
              --directory-password-file FILE    the file that holds the password
              --join ADDRESS                    join with the one-time address the console shows under "Let a host
                                                join"; once, from then on HOME knows its directory
              --bind ADDRESS                    where agents listen that force no address (127.0.0.1)
              --port-offset N                   added to every mail port (0)
              --relay-port N                    where other hosts take mail, in a laboratory (25)
              --dns-port N                      where the Resolver(s) answer, in a laboratory (53)
              --policy-port N                   where domains publish MTA-STS policies, in a laboratory (443)
              --status-port N                   the port of the status board (a free one)
              --status-address ADDRESS          where consoles on other machines read it, over TLS; when this host joined
                                                from another machine, where the console saw it; else 127.0.0.1
              --host-name NAME                  the Host Server object's name (this machine's name)
            """;

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("--home", "home"),
            Map.entry("--directory", "directory"),
            Map.entry("--directory-bind-dn", "directory.bindDn"),
            Map.entry("--directory-password-file", "directory.passwordFile"),
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
        var properties = new Properties();
        properties.setProperty("home", "var");
        for (int at = 0; at < arguments.length; at++) {
            String[] flag = arguments[at].split("=", 2);
            String key = KNOWN.get(flag[0]);
            if (key == null) {
                throw new IllegalArgumentException("\"" + arguments[at] + "\" is not a flag of ims.");
            }
            if (flag.length == 1 && ++at == arguments.length) {
                throw new IllegalArgumentException(flag[0] + " needs a value.");
            }
            properties.setProperty(key, flag.length == 2 ? flag[1] : arguments[at]);
        }
        if (properties.containsKey("join")) {
            if (properties.containsKey("directory")) {
                throw new IllegalArgumentException("--join and --directory exclude each other.");
            }
            Join.of(properties.getProperty("join"));
        }
        directory(properties);
        return properties;
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
    }
}
