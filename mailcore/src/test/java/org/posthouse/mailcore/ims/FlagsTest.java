package org.posthouse.mailcore.ims;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthouse.mailcore.engine.Tree;
import org.posthouse.schema.directory.Directory;

/** What the command line of an engine says. */
class FlagsTest {

    @TempDir
    private Path home;

    @Test
    void anEngineThatIsToldWhereTheDirectoryIsConnectsToIt() throws IOException {
        try (Tree tree = Tree.planted()) {
            Path password =
                    Files.writeString(home.resolve("password"), tree.address().password());
            Properties settings = Flags.read(
                    List.of(
                            "--home",
                            home.toString(),
                            "--directory",
                            tree.address().url() + "/" + tree.address().root(),
                            "--directory-bind-dn",
                            tree.address().bindDn(),
                            "--directory-password-file",
                            password.toString()),
                    Map.of());
            try (Directory directory = new WhereItIs(settings, Clock.systemUTC()).connect()) {
                assertTrue(directory.read(tree.acme()).isPresent());
            }
        }
    }
}
