package org.posthouse.webadmin.boot;

import java.io.IOException;
import java.util.List;

/**
 * How the console, whose class loader knows none of these classes, has its own ports opened and closed: by JMX, within
 * this JVM. An address is written as a URL, such as {@code https://127.0.0.1:8449/}.
 */
public interface ListenersMXBean {
    /** Where the console listens. */
    List<String> getOpen();

    /** Listens there too. Throws IOException, saying why not. */
    void open(String url) throws IOException;

    /** Listens there no more; requests under way are answered. */
    void close(String url) throws IOException;

    /** What the command line fixed: {@code bind}, {@code http-port}, {@code https-port}. */
    List<String> getFixed();

    /** Tells command lines on this host where the console is. */
    void announce(String url);

    /** Keeps for the next start, before the directory can be asked, where to listen. */
    void remember(String address, int httpPort, int httpsPort, boolean http, boolean redirect);
}
