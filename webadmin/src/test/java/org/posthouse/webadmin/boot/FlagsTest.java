package org.posthouse.webadmin.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagsTest {
    @Test
    void withoutFlagsTheConsoleListensWhereItDidLast(@TempDir Path home) throws IOException {
        var last = new Where("127.0.0.1", 9089, 9449, false, true, List.of());
        Files.writeString(home.resolve(Where.FILE), last.text());
        assertEquals(last, Where.of(Flags.of(List.of()), home));
        assertEquals("https://127.0.0.1:9449/", last.url());
    }

    @Test
    void aFlagGoesBeforeWhatWasLastAndOpensHttpToWhoLockedHimselfOut(@TempDir Path home) throws IOException {
        var last = new Where("0.0.0.0", 9089, 9449, false, true, List.of());
        Files.writeString(home.resolve(Where.FILE), last.text());
        var where = Where.of(Flags.of(List.of("--http-port", "8089")), home);
        assertEquals(new Where("0.0.0.0", 8089, 9449, true, false, List.of("http-port")), where);
        assertEquals("http://127.0.0.1:8089/", where.url());
    }

    @Test
    void withoutFlagsTheConsoleListensOnLoopbackAtNetMailsPortsPlusEightThousand() {
        var flags = Flags.of(List.of());
        var where = Where.of(flags, Path.of("no such home"));
        assertEquals(new Where("127.0.0.1", 8089, 8449, true, false, List.of()), where);
        assertEquals(Path.of("var").toAbsolutePath(), flags.home());
        assertTrue(flags.directory().isEmpty());
    }

    @Test
    void aValueMayFollowItsFlagOrStandBehindAnEqualsSign() {
        var flags = Flags.of(List.of("--http-port=81", "--home", "/srv/a b", "--port-offset", "2500"));
        assertEquals(Optional.of(81), flags.httpPort());
        assertEquals(Path.of("/srv/a b"), flags.home());
        assertEquals(2500, flags.portOffset());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    --http-port abc            | --http-port requires a number from 1 to 65535, not "abc".
                    --http-port 70000          | --http-port requires a number from 1 to 65535, not "70000".
                    --home                     | --home needs a value after it.
                    --home --bind x            | --home needs a value after it.
                    --http-port 81 --https-port 81 | --http-port and --https-port are both 81; they must differ.
                    --directory ldap://h/dc=x  | --directory also needs --directory-bind-dn and --directory-password-file.
                    --directory-bind-dn cn=a   | --directory-bind-dn and --directory-password-file go with --directory URL.
                    --directory http://h/      | --directory requires a URL such as ldaps://ldap.example.com:636/dc=example
                    --colour                   | "--colour" is not an option of posthouse run.
                    --hom /srv                 | "--hom" is not an option of posthouse run. Did you mean "--home"?
                    """)
    void aRefusalNamesTheFlagAndSaysWhatWouldDo(String words, String answer) {
        var refusal =
                assertThrows(Refusal.class, () -> Flags.of(List.of(words.strip().split(" +"))));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(answer.strip()), refusal.getMessage());
    }
}
