package org.bursar.payments.whop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.time.Clock;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.testing.NodePackage;
import org.bursar.testing.whop.FakeWhop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What nobody here wrote: the types of npm @whop/sdk judge our requests, and its client reads the fake's answers. */
class OfficialTypesTest {
    private static final Money PRICE = Money.of("USD", 45_010);
    private static NodePackage node;

    private final FakeWhop whop = new FakeWhop(Clock.fixed(WhopGatewayTest.NOW, ZoneOffset.UTC));
    private final WhopGateway gateway = new WhopGateway();
    private final Tenant tenant = new Tenant(whop.base(), WhopGatewayTest.NOW);

    @BeforeAll
    static void install() throws Exception {
        node = NodePackage.installed();
    }

    @AfterEach
    void close() {
        whop.close();
    }

    private static Map<String, Object> asked(String what, Object input) throws Exception {
        return JSON.std.mapFrom(node.run(JSON.std.asString(input), 120, List.of("node", "official.mjs", what)));
    }

    private PaymentRef start(String purchase, Money price) throws GatewayException {
        return gateway.startCheckout(tenant, new Asked(purchase, price)).ref();
    }

    /** Every kind of request that the gateway sends. */
    private void everything() throws GatewayException {
        PaymentRef paid = start("pur_1", PRICE);
        start("pur_yen", Money.of("JPY", 500));
        PaymentRef left = start("pur_left", Money.of("EUR", 1));
        whop.pay("ch_1", "paid", "450.10", WhopGatewayTest.NOW);
        gateway.fetch(tenant, paid);
        gateway.fetch(tenant, PaymentRef.of("payment", "pay_4"));
        gateway.refund(tenant, paid, PRICE, IdempotencyKey.of("k1"), "asked for");
        gateway.cancel(tenant, left, IdempotencyKey.of("k2"));
        gateway.locate(tenant, "pur_1", WhopGatewayTest.NOW);
        gateway.health(tenant);
        PaymentRef plan = gateway.startCheckout(tenant, new Asked("pur_plan", PRICE, Optional.of(Period.ofMonths(1))))
                .ref();
        whop.pay(plan.id().substring("biz_1/".length()), "paid", "450.10", WhopGatewayTest.NOW);
        PaymentRef membership = gateway.subscription(tenant, plan).ref();
        gateway.fetch(tenant, membership);
        gateway.cancelSubscription(tenant, membership, true, IdempotencyKey.of("k3"));
        gateway.cancelSubscription(tenant, membership, false, IdempotencyKey.of("k4"));
    }

    @Test
    void everyRequestIsOneOfWhopsTypes() throws Exception {
        everything();
        int right = whop.sent.size();
        List<Map<String, Object>> requests = new ArrayList<>(whop.sent);
        requests.add(Map.of(
                "route",
                "POST /payments/{id}/refund",
                "query",
                Map.of(),
                "body",
                Map.of("partial_amount", "12.5", "charged_to", "me")));

        Map<String, Object> judged = asked("validate", requests);
        assertThat(right).isGreaterThan(15);
        // the last one is ours, to see that the judge does judge
        assertThat((List<?>) judged.get("faults"))
                .hasSize(2)
                .allMatch(fault -> fault.toString().startsWith("POST /payments/{id}/refund"));
        assertThat((List<?>) judged.get("routes")).hasSize(10);
    }

    @Test
    void whopsOwnClientReadsTheFakeAndAsksAsWeDo() throws Exception {
        for (int number = 1; number < 6; number++) {
            start("pur_" + number, PRICE);
        }
        String payment = String.valueOf(
                whop.pay("ch_2", "paid", "450.10", WhopGatewayTest.NOW).get("id"));
        whop.pay("ch_3", "paid", "450.10", WhopGatewayTest.NOW);
        Map<String, Object> read = asked(
                "read",
                Map.of("base", whop.base() + "/sandbox", "key", "key-of-1", "account", "biz_1", "link", "ch_2"));

        assertThat((List<?>) read.get("links")).hasSize(5);
        assertThat(read.get("payments"))
                .as("asked for by the list that we ask by")
                .isEqualTo(List.of(payment));
        assertThat(read.get("purchase")).isEqualTo("pur_2");
        assertThat(read.get("url")).isEqualTo("https://whop.com/checkout/ch_2");
        assertThat(read.get("refusal")).isEqualTo("NotFoundError 404");
        assertThat(gateway.fetch(tenant, PaymentRef.of("checkout_configuration", "biz_1/ch_2"))
                        .refunds())
                .hasSize(1);
    }
}
