package org.posthouse.webadmin.boot;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The one-time link to the set-up page. Its secret lies in {@code HOME/setup-token} as
 * {@code token expiryEpochSeconds}, readable by the owner alone; whoever can read it may set the system up. A start
 * renews it until set-up is done.
 */
final class SetupLink {
    static final String FILE = "setup-token";
    static final Duration VALID = Duration.ofMinutes(15);

    private SetupLink() {}

    static String renew(Home home, Clock clock, String consoleUrl) {
        var secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        var token = HexFormat.of().formatHex(secret);
        home.write(FILE, token + " " + clock.instant().plus(VALID).getEpochSecond() + "\n");
        return consoleUrl + "setup?token=" + token;
    }

    static void withdraw(Home home) {
        home.at(FILE).toFile().delete();
    }
}
