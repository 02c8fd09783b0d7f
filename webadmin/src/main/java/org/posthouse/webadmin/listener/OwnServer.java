package org.posthouse.webadmin.listener;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.posthouse.schema.directory.Directory;
import org.posthouse.schema.tree.Kind;
import org.posthouse.schema.value.Place;

/** The WebAdmin Server object of this console: it stands in Internet Services under the name of the host. */
public final class OwnServer {

    private OwnServer() {}

    /** Where it stands, or will. */
    public static Place place(Directory directory) {
        return directory.internetServices().child(Kind.WEBADMIN_SERVER.naming(), "WebAdmin " + name());
    }

    /** Whether this is the place of it. */
    public static boolean isAt(Place place) {
        return place.leaf().equalsIgnoreCase("WebAdmin " + name())
                && place.parent()
                        .filter(above -> above.leaf().equalsIgnoreCase(Kind.INTERNET_SERVICES.label()))
                        .isPresent();
    }

    /** The name of the host that the engine of this console serves: {@code --host-name}, else the machine's name. */
    public static String host() {
        return name();
    }

    private static String name() {
        String named = System.getProperty("posthouse.host-name", "");
        if (!named.isEmpty()) {
            return named;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
