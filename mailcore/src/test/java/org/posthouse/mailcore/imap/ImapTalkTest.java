package org.posthouse.mailcore.imap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthouse.mailcore.agent.MailWorld;
import org.posthouse.mailcore.status.Tally;
import org.posthouse.mailcore.wire.Talk;
import org.posthouse.mailcore.wire.TalkPlayer;

class ImapTalkTest {

    private final MailWorld world = new MailWorld();
    private final ImapAgent agent = new ImapAgent(
            world::snapshot,
            world.listening(143),
            world.people(),
            world.store(),
            world.noCertificate(),
            new Tally(Instant.EPOCH),
            MailWorld.PAUSE);

    static List<Talk> dialogues() throws IOException, URISyntaxException {
        return Talk.all("imap");
    }

    @BeforeEach
    void start() {
        world.deliver("bob", "INBOX", """
                From: Anna <anna@example.com>
                To: bob@example.com
                Subject: first
                Date: Mon, 23 Nov 2026 10:00:00 +0100
                Message-ID: <1@example.com>

                Hello Bob
                """);
        world.deliver("bob", "INBOX", """
                From: carl@example.org
                Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
                Content-Type: multipart/mixed; boundary=x

                --x

                one
                --x
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: base64

                PGI+dHfDtjwvYj4=
                --x--
                """);
        agent.start(world.snapshot());
    }

    @AfterEach
    void stop() {
        agent.stop(Duration.ZERO);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dialogues")
    void goesAsWritten(Talk talk) throws IOException {
        if (talk.name().startsWith("directory-down")) {
            world.cutDirectory();
        }
        String at = agent.listening().getFirst();
        int port = Integer.parseInt(at.substring(at.lastIndexOf(':') + 1));
        TalkPlayer.play(talk, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
}
