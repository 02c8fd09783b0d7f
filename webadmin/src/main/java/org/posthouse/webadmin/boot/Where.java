package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Where the console listens at its start: as the command line says, else as its WebAdmin Server object said when it was
 * obeyed last, which {@code HOME/console.properties} keeps because the directory cannot be asked that early.
 *
 * @param bind address to listen on
 * @param httpPort port without TLS
 * @param httpsPort port with TLS
 * @param http whether it listens without TLS
 * @param redirect whether HTTP only leads to HTTPS
 * @param fixed the flags that were given, without their dashes
 */
record Where(String bind, int httpPort, int httpsPort, boolean http, boolean redirect, List<String> fixed) {
    static final String FILE = "console.properties";

    Where {
        fixed = List.copyOf(fixed);
        if (http && httpPort == httpsPort) {
            throw new Refusal("The console's HTTP and HTTPS port are both " + httpPort
                    + "; give another with --http-port or --https-port.");
        }
    }

    static Where of(Flags flags, Path home) {
        var last = read(home.resolve(FILE));
        var fixed = new ArrayList<String>();
        flags.bind().ifPresent(bind -> fixed.add("bind"));
        flags.httpPort().ifPresent(port -> fixed.add("http-port"));
        flags.httpsPort().ifPresent(port -> fixed.add("https-port"));
        return new Where(
                flags.bind().orElse(last.getProperty("address", "127.0.0.1")),
                flags.httpPort().orElse(port(last, "http-port", 8089)),
                flags.httpsPort().orElse(port(last, "https-port", 8449)),
                flags.httpPort().isPresent()
                        || !last.getProperty("http", "true").equals("false"),
                flags.httpPort().isEmpty()
                        && last.getProperty("redirect", "false").equals("true"),
                fixed);
    }

    private static Properties read(Path file) {
        var last = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            last.load(in);
        } catch (IOException | IllegalArgumentException absent) {
            return new Properties();
        }
        return last;
    }

    private static int port(Properties last, String key, int otherwise) {
        var text = last.getProperty(key, "");
        return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : otherwise;
    }

    String text() {
        var file = new Properties();
        file.setProperty("address", bind);
        file.setProperty("http-port", Integer.toString(httpPort));
        file.setProperty("https-port", Integer.toString(httpsPort));
        file.setProperty("http", Boolean.toString(http));
        file.setProperty("redirect", Boolean.toString(redirect));
        var text = new StringWriter();
        try {
            file.store(text, null);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    // Passwords must not cross a network in the clear: without TLS the console is for this host alone.
    String httpAddress() {
        return Ports.isLoopback(bind) ? bind : "127.0.0.1";
    }

    String httpUrl() {
        return "http://%s:%d/".formatted(named(httpAddress()), httpPort);
    }

    String httpsUrl() {
        return "https://%s:%d/".formatted(named(bind), httpsPort);
    }

    /** Where command lines on this host reach it. */
    String url() {
        return http && !redirect
                ? httpUrl()
                : httpsUrl().replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
    }

    private static String named(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
