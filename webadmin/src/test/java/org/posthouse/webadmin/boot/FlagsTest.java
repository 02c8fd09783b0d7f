package org.posthouse.webadmin.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagsTest {
    @Test
    void withoutFlagsTheConsoleListensOnLoopbackAtNetMailsPortsPlusEightThousand() {
        var flags = Flags.of(List.of());
        assertEquals(8089, flags.httpPort());
        assertEquals(8449, flags.httpsPort());
        assertEquals("127.0.0.1", flags.bind());
        assertEquals(Path.of("var").toAbsolutePath(), flags.home());
        assertTrue(flags.directory().isEmpty());
    }

    @Test
    void aValueMayFollowItsFlagOrStandBehindAnEqualsSign() {
        var flags = Flags.of(List.of("--http-port=81", "--home", "/srv/a b", "--port-offset", "2500"));
        assertEquals(81, flags.httpPort());
        assertEquals(Path.of("/srv/a b"), flags.home());
        assertEquals(2500, flags.portOffset());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    --http-port abc            | --http-port wants a number from 1 to 65535, not "abc".
                    --http-port 70000          | --http-port wants a number from 1 to 65535, not "70000".
                    --home                     | --home needs a value after it.
                    --home --bind x            | --home needs a value after it.
                    --http-port 81 --https-port 81 | --http-port and --https-port are both 81; they must differ.
                    --directory ldap://h/dc=x  | --directory also needs --directory-bind-dn and --directory-password-file.
                    --directory-bind-dn cn=a   | --directory-bind-dn and --directory-password-file go with --directory URL.
                    --directory http://h/      | --directory wants a URL such as ldaps://ldap.example.com:636/dc=example
                    --colour                   | "--colour" is not known here.
                    """)
    void aRefusalNamesTheFlagAndSaysWhatWouldDo(String words, String answer) {
        var refusal =
                assertThrows(Refusal.class, () -> Flags.of(List.of(words.strip().split(" +"))));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(answer.strip()), refusal.getMessage());
    }
}
