package org.posthouse.schema.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which host names a certificate covers. */
class CertificateChainTest {

    @ParameterizedTest
    @CsvSource({
        "mail.example.com, true",
        "MAIL.Example.com, true",
        "any.example.org, true",
        "example.org, false",
        "a.b.example.org, false",
        "example.com, false",
        "com, false",
    })
    void aNameIsCoveredByItselfOrByAWildcardOfOneLabel(String host, boolean covered) {
        assertEquals(covered, CertificateChain.covers(List.of("mail.example.com", "*.example.org"), host));
    }
}
