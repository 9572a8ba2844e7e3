package org.bursar.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.Health;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.testing.stripe.FakeStripe.Recorded;
import org.bursar.testing.stripe.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeCheckoutTest extends StripeTestBase {
    private static final String CREATE = "POST /v1/checkout/sessions";

    @Test
    void aCheckoutAsksForThePriceAndNamesThePurchase() throws GatewayException {
        CheckoutStart start = gateway.startCheckout(context, Calls.checkout("pur_1"));

        assertThat(start).isInstanceOfSatisfying(CheckoutStart.Redirect.class, redirect -> {
            assertThat(redirect.url().getHost()).isEqualTo("checkout.stripe.com");
            assertThat(redirect.expiresAt()).isEqualTo(Calls.NOW.plus(Duration.ofDays(1)));
        });
        assertThat(shown(start.ref()).path("amount_total").asLong()).isEqualTo(45_000);
        assertThat(shown(start.ref()).path("currency").asText()).isEqualTo("usd");
        assertThat(shown(start.ref()).path("metadata").path("bursar_purchase").asText())
                .isEqualTo("pur_1");
        assertThat(shown(start.ref()).path("metadata").path("customer").asText())
                .isEqualTo("cus_harborlight");
        Recorded request = stripe.requests().get(1);
        assertThat(request.idempotencyKey()).isEqualTo("ten_1:pur_1:checkout:1");
        assertThat(request.form()
                        .path("payment_intent_data")
                        .path("metadata")
                        .path("bursar_purchase")
                        .asText())
                .isEqualTo("pur_1");
        assertThat(request.form().path("adaptive_pricing").path("enabled").asText())
                .isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60 * 24, 60 * 24 * 30})
    void theSameCallTwiceSendsEqualRequestsAndMakesOneSession(int minutes) throws GatewayException {
        Calls.Asked asked = Calls.checkout("pur_1").lasting(Duration.ofMinutes(minutes));
        PaymentRef first = begun(asked);
        PaymentRef second = gateway.startCheckout(context.at(Calls.NOW.plusSeconds(70)), asked)
                .ref();

        assertThat(second).isEqualTo(first);
        assertThat(account.all("checkout.session")).hasSize(1);
        assertThat(account.all("customer")).hasSize(1);
        List<Recorded> writes = stripe.requests().stream()
                .filter(one -> one.route().equals(CREATE))
                .toList();
        assertThat(writes.get(1).form()).isEqualTo(writes.get(0).form());
    }

    @Test
    void aShortCheckoutEndsWhenItShould() throws GatewayException {
        CheckoutStart start =
                gateway.startCheckout(context, Calls.checkout("pur_1").lasting(Duration.ofHours(2)));
        assertThat(((CheckoutStart.Redirect) start).expiresAt()).isEqualTo(Calls.NOW.plus(Duration.ofHours(2)));

        CheckoutStart shortest =
                gateway.startCheckout(context, Calls.checkout("pur_2").lasting(Duration.ofMinutes(1)));
        assertThat(((CheckoutStart.Redirect) shortest).expiresAt()).isAfter(Calls.NOW.plus(Duration.ofMinutes(30)));
    }

    @Test
    void aLateRepetitionOfAShortCheckoutFindsTheFirst() throws GatewayException {
        Calls.Asked asked = Calls.checkout("pur_1").lasting(Duration.ofHours(1));
        PaymentRef first = begun(asked);
        PaymentRef second = gateway.startCheckout(context.at(Calls.NOW.plus(Duration.ofMinutes(50))), asked)
                .ref();
        assertThat(second).isEqualTo(first);
        assertThat(account.all("checkout.session")).hasSize(1);
    }

    @Test
    void aKnownPayerIsNotMadeAgain() throws GatewayException {
        String payer = account.payer().savedMethod("good").path("customer").asText();
        Calls.Asked asked = Calls.checkout("pur_1").of(payer).saving().lasting(Duration.ofHours(1));
        PaymentRef first = begun(asked);
        assertThat(begun(asked)).isEqualTo(first);
        assertThat(account.all("customer")).hasSize(1);
        assertThat(shown(first).path("customer").asText()).isEqualTo(payer);
    }

    @Test
    void aLostAnswerIsUnknownAndTheRepetitionAdopts() throws GatewayException {
        for (String route : List.of(CREATE, "POST /v1/customers")) {
            stripe.trapNext(route, new Fault.Dropped());
            Calls.Asked asked = Calls.checkout("pur_" + route.length());
            refused(Kind.OUTCOME_UNKNOWN, () -> gateway.startCheckout(context, asked));
            PaymentRef ref = begun(asked);
            assertThat(gateway.locate(context, asked.purchaseId(), Calls.NOW)).containsExactly(ref);
        }
        assertThat(account.all("checkout.session")).hasSize(2);
    }

    @Test
    void aServerErrorAndItsReplayAreUnknownAndTheSessionIsLocated() throws GatewayException {
        stripe.trapNext(CREATE, new Fault.FailedAfter());
        refused(Kind.OUTCOME_UNKNOWN, () -> gateway.startCheckout(context, Calls.checkout("pur_1")));
        refused(Kind.OUTCOME_UNKNOWN, () -> gateway.startCheckout(context, Calls.checkout("pur_1")));

        assertThat(gateway.locate(context, "pur_1", Calls.NOW)).hasSize(1);
        assertThat(gateway.locate(context, "pur_2", Calls.NOW)).isEmpty();
    }

    @Test
    void aKeyOfAnotherRequestIsUnknown() throws GatewayException {
        begun(Calls.checkout("pur_1"));
        Calls.Asked other = Calls.checkout("pur_1", Money.of("USD", 1));
        refused(Kind.OUTCOME_UNKNOWN, () -> gateway.startCheckout(context, other));
    }

    @Test
    void anAnswerOfSomeProxyIsUnknown() {
        for (int status : List.of(200, 403, 502)) {
            stripe.trapNext(CREATE, new Fault.NoJson(status));
            refused(Kind.OUTCOME_UNKNOWN, () -> gateway.startCheckout(context, Calls.checkout("pur_" + status)));
        }
    }

    @Test
    void tooManyRequestsSayHowLongToWait() {
        stripe.trapNext(CREATE, new Fault.TooMany(7));
        GatewayException limited =
                refused(Kind.RATE_LIMITED, () -> gateway.startCheckout(context, Calls.checkout("pur_1")));
        assertThat(limited.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void aWrongKeyIsBadCredentialsAndHealthSaysSo() {
        Calls.Given stranger = context.secret(Settings.KEY, "sk_test_stranger");
        GatewayException refusal =
                refused(Kind.BAD_CREDENTIALS, () -> gateway.startCheckout(stranger, Calls.checkout("pur_1")));
        assertThat(refusal.getMessage()).doesNotContain("stranger");
        assertThat(gateway.health(stranger).code()).isEqualTo(Health.Code.MISCONFIGURED);
        assertThat(gateway.health(stranger).message()).isNotBlank().doesNotContain("stranger");
        assertThat(gateway.health(context)).hasToString("UP");
        assertThat(gateway.health(context.without(Settings.SIGNING)).code()).isEqualTo(Health.Code.DEGRADED);
    }

    @Test
    void nobodyThereIsNotExecuted() throws Exception {
        URI nowhere;
        try (ServerSocket socket = new ServerSocket(0)) {
            nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        refused(Kind.NOT_EXECUTED, () -> gateway.startCheckout(context.to(nowhere), Calls.checkout("pur_1")));
        assertThat(gateway.health(context.to(nowhere)).code()).isEqualTo(Health.Code.DOWN);
    }

    @Test
    void whatHasNoTimeLeftIsNotSent() {
        refused(
                Kind.NOT_EXECUTED,
                () -> gateway.startCheckout(context.within(Duration.ofSeconds(-1)), Calls.checkout("pur_1")));
        assertThat(stripe.requests()).isEmpty();
    }

    @Test
    void aSlowAnswerAndOneThatDripsEndAtTheDeadline() {
        Calls.Given hurried = context.within(Duration.ofSeconds(1));
        for (Fault slow : List.of(new Fault.Delayed(Duration.ofSeconds(8)), new Fault.Dripping())) {
            stripe.trapNext(CREATE, slow);
            long start = System.nanoTime();
            refused(
                    Kind.OUTCOME_UNKNOWN,
                    () -> gateway.startCheckout(
                            hurried, Calls.checkout("pur_" + slow.getClass().getSimpleName())));
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
                    .isLessThan(5);
        }
    }

    @Test
    void anInterruptedCallEndsAtOnceAndIsUnknown() throws Exception {
        stripe.trapNext(CREATE, new Fault.Delayed(Duration.ofSeconds(9)));
        AtomicReference<Thread> thread = new AtomicReference<>();
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        Thread call = new Thread(() -> {
            try {
                gateway.startCheckout(context, Calls.checkout("pur_1"));
            } catch (GatewayException e) {
                kind.complete(e.kind());
            }
        });
        thread.set(call);
        call.start();
        while (account.all("checkout.session").isEmpty()) {
            // a call that ended before would never get there
            assertThat(kind).isNotDone();
            Thread.sleep(5);
        }
        call.interrupt();
        assertThat(kind.get(4, TimeUnit.SECONDS)).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    @Test
    void aKeyOfTheOtherModeMovesNothing() {
        refused(Kind.BAD_CONFIGURATION, () -> gateway.startCheckout(context.mode(Mode.LIVE), Calls.checkout("pur_1")));
        assertThat(stripe.requests()).isEmpty();

        stripe.trapNext("POST /v1/customers", new Fault.WrongMode());
        refused(Kind.BAD_CONFIGURATION, () -> gateway.startCheckout(context, Calls.checkout("pur_1")));
        assertThat(account.all("checkout.session")).isEmpty();
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        refused(
                Kind.BAD_CONFIGURATION,
                () -> gateway.startCheckout(context.with(Settings.WAY, Settings.CONNECT), Calls.checkout("pur_1")));
        refused(
                Kind.BAD_CONFIGURATION,
                () -> gateway.startCheckout(context.with(Settings.ACCOUNT, "acct_1"), Calls.checkout("pur_1")));
        refused(
                Kind.BAD_CONFIGURATION,
                () -> gateway.startCheckout(context.without(Settings.KEY), Calls.checkout("pur_1")));
        assertThat(stripe.requests()).isEmpty();
    }

    @Test
    void aConnectedAccountIsChargedDirectly() throws GatewayException {
        var theirs = stripe.connected(Calls.KEY, "acct_theirs");
        Calls.Given connected = context.with(Settings.WAY, Settings.CONNECT).with(Settings.ACCOUNT, "acct_theirs");
        PaymentRef ref =
                gateway.startCheckout(connected, Calls.checkout("pur_1")).ref();
        assertThat(theirs.find(ref.id())).isPresent();
        assertThat(account.all("checkout.session")).isEmpty();
        theirs.payer().pay(ref.id());
        assertThat(gateway.fetch(connected, ref).captured()).isEqualTo(Money.of("USD", 45_000));
        refused(Kind.NOT_FOUND, () -> gateway.fetch(context, ref));
        refused(Kind.BAD_CONFIGURATION, () -> gateway.fetch(connected.with(Settings.ACCOUNT, "acct_revoked"), ref));
    }

    @Test
    void aConnectedAccountThatStripeHoldsBackSaysSo() {
        var theirs = stripe.connected(Calls.KEY, "acct_theirs");
        Calls.Given connected = context.with(Settings.WAY, Settings.CONNECT).with(Settings.ACCOUNT, "acct_theirs");
        assertThat(gateway.health(connected)).hasToString("UP");
        theirs.holdBack(true);
        assertThat(gateway.health(connected).code()).isEqualTo(Health.Code.MISCONFIGURED);
        assertThat(gateway.health(connected).message()).contains("takes no payments");
        assertThat(gateway.health(context)).hasToString("UP");
        assertThat(gateway.health(connected.with(Settings.ACCOUNT, "acct_revoked"))
                        .code())
                .isEqualTo(Health.Code.MISCONFIGURED);
    }

    @Test
    void twoTenantsOnOneAccountDoNotSeeEachOthersPurchases() throws GatewayException {
        PaymentRef ref = begun(Calls.checkout("pur_1"));
        assertThat(gateway.locate(context.tenant("ten_2"), "pur_1", Calls.NOW)).isEmpty();
        assertThat(gateway.locate(context, "pur_1", Calls.NOW)).containsExactly(ref);
        assertThat(gateway.locate(context, "pur_1", Instant.EPOCH)).containsExactly(ref);
    }

    @Test
    void locateReadsEveryPageAndIsNeverEmptyByMistake() throws GatewayException {
        PaymentRef ref = paid("pur_0");
        for (int i = 1; i <= 205; i++) {
            begun(Calls.checkout("pur_" + i));
        }
        stripe.forgetRequests();
        assertThat(gateway.locate(context, "pur_0", Calls.NOW)).containsExactly(ref);
        assertThat(stripe.requests()).hasSize(4);
        for (Fault fault : List.of(
                new Fault.Failed(),
                new Fault.NoJson(200),
                new Fault.Changed("\"has_more\":true", "\"has_more\":null"),
                new Fault.Changed("\"data\":", "\"date\":"))) {
            stripe.trap(request -> request.form().has("starting_after"), fault);
            refused(Kind.OUTCOME_UNKNOWN, () -> gateway.locate(context, "pur_0", Calls.NOW));
        }
    }

    @Test
    void aSubscriptionRenewsByTheUnitsThatStripeHas() throws GatewayException {
        assertInterval(Period.ofMonths(1), "month", 1);
        assertInterval(Period.ofYears(1), "year", 1);
        assertInterval(Period.ofMonths(18), "month", 18);
        assertInterval(Period.ofWeeks(2), "day", 14);
        refused(
                Kind.INVALID_REQUEST,
                () -> gateway.startCheckout(context, Calls.checkout("pur_x").each(Period.of(0, 1, 3))));
    }

    private void assertInterval(Period period, String unit, int count) throws GatewayException {
        begun(Calls.checkout("pur_" + period).each(period));
        Recorded last = stripe.requests().get(stripe.requests().size() - 1);
        assertThat(last.form().path("mode").asText()).isEqualTo("subscription");
        var recurring =
                last.form().path("line_items").path(0).path("price_data").path("recurring");
        assertThat(recurring.path("interval").asText()).isEqualTo(unit);
        assertThat(recurring.path("interval_count").asInt()).isEqualTo(count);
    }

    @Test
    void thePageSpeaksThePayersLanguageWhereStripeDoes() {
        assertThat(Checkouts.locale(Locale.GERMAN).getValue()).isEqualTo("de");
        assertThat(Checkouts.locale(Locale.forLanguageTag("pt-BR")).getValue()).isEqualTo("pt-BR");
        assertThat(Checkouts.locale(Locale.forLanguageTag("de-AT")).getValue()).isEqualTo("de");
        assertThat(Checkouts.locale(Locale.forLanguageTag("eo")).getValue()).isEqualTo("auto");
    }
}
