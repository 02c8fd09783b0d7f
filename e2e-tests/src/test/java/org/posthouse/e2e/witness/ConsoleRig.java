package org.posthouse.e2e.witness;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.posthouse.e2e.world.Api;
import org.posthouse.e2e.world.Await;
import org.posthouse.e2e.world.Installed;
import org.posthouse.e2e.world.Product;

/** A product whose console can be moved and locked, with two administrators: admin and anna. */
record ConsoleRig(Product product) implements AutoCloseable {

    static final String SERVICES = "o=Internet Services,dc=posthouse";
    static final String CONSOLE = "ou=WebAdmin here," + SERVICES;
    static final String GROUP = "cn=Administrators," + SERVICES;
    static final String ADMIN = "cn=admin," + Installed.PEOPLE;
    static final String ANNA = "cn=anna," + Installed.PEOPLE;

    /** Starts it; what must be confirmed is undone after so many seconds. */
    static ConsoleRig start(Path folder, int seconds) {
        var rig = new ConsoleRig(
                Product.startMovable(folder.resolve("home"), "--confirm-seconds", "" + seconds, "--host-name", "here")
                        .setUp("--with", "smtp"));
        Await.until(
                "the console has made its object",
                Duration.ofMinutes(1),
                () -> rig.api()
                                .call("GET", "/objects?dn=" + Api.quoted(CONSOLE), JsonValue.NULL)
                                .code()
                        == 200);
        rig.api().createUser(Installed.PEOPLE, "anna", Installed.SECRET);
        rig.api().change(GROUP, "members", List.of(ADMIN, ANNA));
        return rig;
    }

    /** Where the console says it is. */
    String url() {
        try {
            return product.announced();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }

    /** Its API as the administrator, where it is now. */
    Api api() {
        return new Api(url(), Product.ADMIN, Product.PASSWORD);
    }

    /** Whether anything listens there. */
    static boolean listens(String address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** The port of an address. */
    static int port(String at) {
        return Integer.parseInt(at.replaceAll(".*:([0-9]+)/?$", "$1"));
    }

    @Override
    public void close() {
        product.close();
    }
}
