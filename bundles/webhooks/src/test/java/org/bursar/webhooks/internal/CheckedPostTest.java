package org.bursar.webhooks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a delivery goes, and what a receiver can do to whoever sends. */
class CheckedPostTest {
    private static final Map<String, String> HEADERS =
            Map.of("webhook-id", "evt_1", "webhook-timestamp", "1", "webhook-signature", "v1,x");
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private CheckedPost post = CheckedPost.usual();

    @AfterEach
    void close() {
        post.close();
    }

    private int send(String url, boolean loopback) throws PostFailedException {
        return post.post(URI.create(url), HEADERS, BODY, PATIENCE, loopback);
    }

    @Test
    void itArrivesWholeAndTheStatusComesBack() throws Exception {
        try (Receiver receiver = new Receiver()) {
            assertThat(send(receiver.url(), true)).isEqualTo(200);
            receiver.answer = exchange -> 503;
            assertThat(send(receiver.url(), true)).isEqualTo(503);
            assertThat(receiver.received).hasSize(2).allMatch(one -> one.body().equals("{}"));
        }
    }

    @Test
    void thisMachineIsRefusedUnlessAnOperatorAllowsIt() throws Exception {
        try (Receiver receiver = new Receiver()) {
            assertThatThrownBy(() -> send(receiver.url(), false)).hasMessageContaining("private");
            assertThat(receiver.received).isEmpty();
        }
    }

    @Test
    void aNameThatLeadsInsideIsRefusedAndSoIsOneThatLeadsBothWays() throws Exception {
        InetAddress outside = InetAddress.getByAddress(new byte[] {1, 1, 1, 1});
        InetAddress metadata = InetAddress.getByAddress(new byte[] {(byte) 169, (byte) 254, (byte) 169, (byte) 254});
        for (List<InetAddress> addresses :
                List.of(List.of(metadata), List.of(outside, metadata), List.<InetAddress>of())) {
            post.close();
            post = new CheckedPost(host -> addresses, (SSLSocketFactory) SSLSocketFactory.getDefault());
            assertThatThrownBy(() -> send("https://hooks.example/", false)).hasMessageContaining("private");
            assertThatThrownBy(() -> send("https://hooks.example/", true)).hasMessageContaining("private");
        }
    }

    /** DNS rebinding: the name is public when it is checked and this machine when it is asked again. */
    @Test
    void aNameIsResolvedOnceAndTheConnectionGoesToWhatWasChecked() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Receiver receiver = new Receiver()) {
            InetAddress checked = InetAddress.getByAddress("hooks.example", new byte[] {127, 0, 0, 1});
            post.close();
            post = new CheckedPost(
                    host -> {
                        asked.incrementAndGet();
                        return List.of(checked);
                    },
                    (SSLSocketFactory) SSLSocketFactory.getDefault());
            String url = receiver.url().replace("127.0.0.1", "hooks.example");

            assertThat(send(url, true)).isEqualTo(200);
            assertThat(asked).hasValue(1);
            assertThat(receiver.received).hasSize(1);
        }
    }

    @Test
    void aRedirectIsAnAnswerLikeAnyOther() throws Exception {
        try (Receiver receiver = new Receiver();
                Receiver other = new Receiver()) {
            receiver.answer = exchange -> {
                exchange.getResponseHeaders().add("Location", other.url());
                return 307;
            };
            assertThat(send(receiver.url(), true)).isEqualTo(307);
            assertThat(other.received).isEmpty();
        }
    }

    /** A server that does what it likes with a connection. */
    private void rude(String first, byte[] then, boolean endless, String message) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try (Socket socket = server.accept();
                        OutputStream out = socket.getOutputStream()) {
                    out.write(first.getBytes(StandardCharsets.US_ASCII));
                    do {
                        out.write(then);
                        out.flush();
                        Thread.sleep(endless ? 20 : 0);
                    } while (endless);
                } catch (IOException | InterruptedException e) {
                    // the other side has had enough
                }
            });
            thread.start();
            long start = System.nanoTime();
            assertThatThrownBy(() -> send("http://127.0.0.1:" + server.getLocalPort() + "/", true))
                    .isInstanceOf(PostFailedException.class)
                    .hasMessageContaining(message);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            thread.interrupt();
        }
    }

    @Test
    void oneThatHangsDripsFloodsOrSpeaksNoHttpIsGivenUp() throws Exception {
        byte[] nothing = new byte[0];
        rude("", nothing, true, "no answer within");
        rude("HTTP/1.1 ", "2".getBytes(StandardCharsets.US_ASCII), true, "no answer within");
        rude("", new byte[8192], true, "");
        rude("SSH-2.0-OpenSSH_9.6\r\n", nothing, false, "not HTTP");
        rude("", nothing, false, "");
    }
}
