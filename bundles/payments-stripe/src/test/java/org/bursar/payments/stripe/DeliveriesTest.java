package org.bursar.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.testing.stripe.Deliveries;
import org.junit.jupiter.api.Test;

/** The fake's events arrive as they would from Stripe, or do not. */
class DeliveriesTest extends StripeTestBase {
    private final List<String> accepted = new CopyOnWriteArrayList<>();

    private HttpServer endpoint() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", exchange -> {
            Calls.Came came = new Calls.Came(
                    exchange.getRequestBody().readAllBytes(),
                    Map.of(
                            "stripe-signature",
                            List.of(exchange.getRequestHeaders().getFirst("Stripe-Signature"))),
                    Instant.now());
            int status = 202;
            try {
                accepted.add(gateway.handleWebhook(context, came).eventId());
            } catch (WebhookRejected e) {
                status = 400;
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void eventsComeLateTwiceOutOfOrderOrNotAtAll() throws Exception {
        HttpServer server = endpoint();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks");
        try (Deliveries bad = Deliveries.of(
                        account, address, Calls.SIGNING, new Deliveries.Habits(0.3, 0.3, Duration.ofMillis(200), 7));
                Deliveries wrong = Deliveries.of(account, address, "whsec_stranger", Deliveries.Habits.good())) {
            for (int i = 0; i < 50; i++) {
                paid("pur_" + i);
            }
            Instant patience = Clock.systemUTC().instant().plusSeconds(20);
            while (wrong.refused() < 100 || bad.accepted() < 100 - bad.lost() || accepted.size() < bad.accepted()) {
                assertThat(Instant.now()).isBefore(patience);
                Thread.sleep(20);
            }
            Thread.sleep(300);
            assertThat(bad.lost()).isBetween(10L, 60L);
            assertThat(bad.accepted()).as("some came twice").isGreaterThan(100 - bad.lost());
            assertThat(wrong.accepted()).isZero();
            assertThat(accepted).isNotEqualTo(accepted.stream().sorted().toList());
        } finally {
            server.stop(0);
        }
    }
}
