package org.posthouse.schema.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How kinds of objects are named in sentences. */
class KindTest {

    @ParameterizedTest
    @CsvSource({
        "SMTP_AGENT, an SMTP Agent",
        "NMAP_AGENT, an NMAP Agent",
        "IMAP_AGENT, an IMAP Agent",
        "POP_AGENT, a POP Agent",
        "ALIAS, an Alias",
        "USER, a User",
        "MESSAGING_SERVER, a Messaging Server",
        "ORGANIZATIONAL_UNIT, an Organizational Unit"
    })
    void aKindHasTheArticleItIsSpokenWith(Kind kind, String phrase) {
        assertEquals(phrase, kind.labelWithArticle());
    }
}
