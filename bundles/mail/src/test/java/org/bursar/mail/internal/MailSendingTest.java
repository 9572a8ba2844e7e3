package org.bursar.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.bursar.kernel.MailId;
import org.bursar.mail.internal.SendFailedException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over a real connection to a server in this process. */
class MailSendingTest {
    private static final Instant WRITTEN = Instant.parse("2026-11-21T10:00:00Z");

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final MailId id = MailId.next(Clock.systemUTC());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aLetterArrivesWithItsHeadersAndItsTextInUtf8() throws Exception {
        try (SmtpConnection connection = new SmtpConnection(here())) {
            connection.send(letter(
                    "jonas@acmecorp.example", "Grüße aus Köln — 漢字 " + "x".repeat(100), "Hello,\nWörld\n.\nend\n"));
        }
        MimeMessage message = received();
        assertThat(message.getMessageID()).isEqualTo("<" + id + "@harborlight.example>");
        assertThat(message.getSubject()).isEqualTo("Grüße aus Köln — 漢字 " + "x".repeat(100));
        assertThat(message.getFrom())
                .containsExactly(new InternetAddress("hello@harborlight.example", "Harborlight „AI“", "UTF-8"));
        assertThat(message.getAllRecipients()).containsExactly(new InternetAddress("jonas@acmecorp.example"));
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(message.getSentDate()).isEqualTo(WRITTEN);
        String text = new String(message.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text.replace("\r\n", "\n").stripTrailing()).isEqualTo("Hello,\nWörld\n.\nend");
    }

    @Test
    void oneConnectionCarriesManyLetters() throws Exception {
        try (SmtpConnection connection = new SmtpConnection(here())) {
            for (int i = 0; i < 20; i++) {
                connection.send(letter("jonas@acmecorp.example", "Number " + i, "text"));
            }
        }
        assertThat(server.getReceivedMessages()).hasSize(20);
    }

    @Test
    void everyAttemptCarriesTheSameMessageId() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (SmtpConnection connection = new SmtpConnection(here())) {
                connection.send(letter("jonas@acmecorp.example", "Twice", "text"));
            }
        }
        assertThat(server.getReceivedMessages()[0].getMessageID())
                .isEqualTo(server.getReceivedMessages()[1].getMessageID());
    }

    @Test
    void aWrongPasswordIsNoFaultOfTheMail() {
        server.setUser("platform", "right");
        SmtpServer wrong = SmtpServer.parse("smtp://platform:wrong@127.0.0.1:" + port());
        SendFailedException failure = failure(wrong, 2_000);
        assertThat(failure.kind()).isEqualTo(Kind.NO_SERVER);
        assertThat(failure).hasMessage("sign-in refused");
    }

    @Test
    void theRightPasswordSignsIn() throws Exception {
        server.setUser("platform", "p@ss:w/rd +%");
        try (SmtpConnection connection =
                new SmtpConnection(SmtpServer.parse("smtp://platform:p%40ss%3Aw%2Frd%20+%25@127.0.0.1:" + port()))) {
            connection.send(letter("jonas@acmecorp.example", "Signed in", "text"));
        }
        assertThat(received().getSubject()).isEqualTo("Signed in");
    }

    @Test
    void noServerIsTold() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        SendFailedException failure = failure(SmtpServer.parse("smtp://127.0.0.1:" + free), 2_000);
        assertThat(failure.kind()).isEqualTo(Kind.NO_SERVER);
        assertThat(failure).hasMessage("connect: ConnectException");
    }

    @Test
    void aServerThatAcceptsAndSaysNothingIsLeft() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Instant start = Instant.now();
            SendFailedException failure = failure(SmtpServer.parse("smtp://127.0.0.1:" + silent.getLocalPort()), 300);
            assertThat(failure.kind()).isEqualTo(Kind.NO_SERVER);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void aRecipientRefusedForGoodIsToldFromOneRefusedForNow() throws Exception {
        assertThat(refused("550 5.1.1 <jonas@acmecorp.example> unknown").kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused("550 5.1.1 <jonas@acmecorp.example> unknown"))
                .hasMessage("recipient refused: 550")
                .hasNoCause();
        assertThat(refused("450 4.2.0 greylisted").kind()).isEqualTo(Kind.RETRY);
    }

    @Test
    void anAddressIsExactlyOne() {
        assertThat(Letter.address("jonas@acmecorp.example", "")).isPresent();
        assertThat(Letter.address("jonas+a.b@sub.acmecorp.example", "")).isPresent();
        assertThat(Letter.address("jonas@bücher.example", "").orElseThrow().getAddress())
                .isEqualTo("jonas@xn--bcher-kva.example");
        for (String wrong : new String[] {
            "jonas",
            "@acmecorp.example",
            "jonas@",
            "a@b.example, c@d.example",
            "Jonas <jonas@acmecorp.example>",
            "jonas@acmecorp.example\r\nBcc: eve@evil.example",
            "<jonas@acmecorp.example>",
            "a b@acmecorp.example",
            "jonas@acme corp.example",
            "list: a@b.example;",
            "jonas@acmecorp.example (note)"
        }) {
            assertThat(Letter.address(wrong, "")).as(wrong).isEmpty();
        }
    }

    @Test
    void aSenderNameCannotBeginAnotherHeader() throws Exception {
        InternetAddress from = Letter.address("hello@harborlight.example", "Evil\r\nBcc: eve@evil.example")
                .orElseThrow();
        MimeMessage message = new Letter(id, from, from, "s", "t", WRITTEN).mime(Session.getInstance(new Properties()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        assertThat(out.toString(StandardCharsets.US_ASCII)).doesNotContainPattern("(?m)^Bcc:");
    }

    private SendFailedException refused(String answer) throws IOException {
        try (ScriptedServer scripted = new ScriptedServer(answer)) {
            return failure(SmtpServer.parse("smtp://127.0.0.1:" + scripted.port()), 2_000);
        }
    }

    private SendFailedException failure(SmtpServer to, int millis) {
        try (SmtpConnection connection = new SmtpConnection(to, millis, millis)) {
            return catchThrowableOfType(
                    SendFailedException.class,
                    () -> connection.send(letter("jonas@acmecorp.example", "Subject", "text")));
        }
    }

    private Letter letter(String to, String subject, String text) {
        return new Letter(
                id,
                Letter.address("hello@harborlight.example", "Harborlight „AI“").orElseThrow(),
                Letter.address(to, "").orElseThrow(),
                subject,
                text,
                WRITTEN);
    }

    private MimeMessage received() {
        assertThat(server.getReceivedMessages()).hasSize(1);
        return server.getReceivedMessages()[0];
    }

    private int port() {
        return server.getSmtp().getPort();
    }

    private SmtpServer here() {
        return SmtpServer.parse("smtp://127.0.0.1:" + port());
    }
}
