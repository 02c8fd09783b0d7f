package org.posthouse.schema.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names of folders are understood, and whose they are. */
class FolderPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"../up", "a/../../b", "/srv/../etc", "", "  ", "a\u0000b", "a\nb"})
    void aNameThatClimbsOrIsNoneIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new FolderPath(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/etc",
                "/etc/posthouse",
                "/proc/self",
                "/sys/x",
                "/dev/shm/mail",
                "/boot",
                "/usr/share/mail",
                "/bin/x",
                "/var",
                "/var/lib",
                "/var/spool/",
                "/home",
                "/tmp",
                "/root",
                "//etc//x",
                "/./etc/x"
            })
    void whatBelongsToTheSystemIsKnown(String text) {
        assertTrue(new FolderPath(text).isSystemFolder(), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "store",
                "etc",
                "proc/x",
                "/srv/mail",
                "/var/lib/posthouse",
                "/var/spool/posthouse/temp",
                "/home/mail/store",
                "/tmp/posthouse",
                "/usr/local/posthouse",
                "/opt/posthouse/var",
                "/mnt/mail",
                "/etcetera"
            })
    void otherFoldersAreNot(String text) {
        assertFalse(new FolderPath(text).isSystemFolder(), text);
    }

    @Test
    void aRelativeOneIsInTheHome() {
        assertEquals(Path.of("/srv/engine/mail1/store"), new FolderPath("./store").in(Path.of("/srv/engine/mail1")));
    }
}
