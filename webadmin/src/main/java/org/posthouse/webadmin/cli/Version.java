package org.posthouse.webadmin.cli;

import java.util.Optional;

/** What {@code posthouse --version} prints. */
final class Version {

    private Version() {}

    /** The version and, where the build knew it, the Git revision; and the Java that runs. */
    static String text() {
        String built = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(development build)")
                .strip();
        String[] parts = built.split(" ", 2);
        String revision = parts.length > 1 && parts[1].matches("[0-9a-f]+") ? " (revision " + parts[1] + ")" : "";
        return "Posthouse " + (revision.isEmpty() ? built.replaceFirst(" \\$\\{.*", "") : parts[0]) + revision
                + "\nJava " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    }
}
