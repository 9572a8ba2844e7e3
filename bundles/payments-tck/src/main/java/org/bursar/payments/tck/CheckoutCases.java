package org.bursar.payments.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.Health;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.tck.FaultProxy.Trouble;
import org.bursar.payments.tck.ProviderStub.Fault;
import org.jspecify.annotations.Nullable;

/** Cases 1 to 11: a checkout is made once, whatever happens on the way, and is found again. */
abstract class CheckoutCases extends TckBench {
    private static final Duration SLACK = Duration.ofSeconds(8);
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    /** More than providers answer on one page. */
    private static final int MORE_THAN_A_PAGE = 105;

    @Case(1)
    public void sameKeyTwiceMakesOneProviderObject() throws GatewayException {
        TckRequest request = request();
        CheckoutStart first = started(context(), request);
        CheckoutStart second = started(context(), request);

        assertThat(second.ref()).isEqualTo(first.ref());
        if (first instanceof CheckoutStart.Redirect redirect) {
            assertThat(redirect.url().isAbsolute()).as("an absolute address").isTrue();
            assertThat(redirect.expiresAt()).isAfter(Instant.now());
        }
        if (first instanceof CheckoutStart.Instructions instructions) {
            assertThat(instructions.reference()).isNotBlank();
            assertThat(instructions.lines()).isNotEmpty();
            assertThat(((CheckoutStart.Instructions) second).reference()).isEqualTo(instructions.reference());
        }
        if (hasProvider()) {
            assertThat(account().checkouts()).as("checkouts at the provider").isEqualTo(1);
            assertThat(account().asked(request.purchaseId())).isEqualTo(request.amount());
            assertThat(fetched(first.ref()).purchaseId()).contains(request.purchaseId());
            assertThat(fetched(first.ref()).phase()).isEqualTo(Phase.OPEN);
            assertThat(fetched(first.ref()).captured().minor()).isZero();
        }
    }

    @Case(2)
    public void aLostResponseIsUnknownAndTheRetryAdopts() throws GatewayException {
        TckRequest request = request();
        proxy().make(new Trouble.ResponseLost(stub()::createsCheckout));
        refusedAs(Kind.OUTCOME_UNKNOWN, "the response was lost", () -> tested().startCheckout(context(), request));
        proxy().heal();

        CheckoutStart again = started(context(), request);
        assertThat(account().checkouts()).as("checkouts at the provider").isEqualTo(1);
        assertThat(fetched(again.ref()).purchaseId()).contains(request.purchaseId());
    }

    @Case(3)
    public void aRefusedConnectionIsNotExecuted() {
        proxy();
        TckContext nowhere = context().at(FaultProxy.refused());
        refusedAs(Kind.NOT_EXECUTED, "nobody listens", () -> tested().startCheckout(nowhere, request()));
        assertThat(tested().health(nowhere).code()).isNotEqualTo(Health.Code.UP);
    }

    @Case(4)
    public void aServerErrorAndItsReplayAreUnknown() throws GatewayException {
        TckRequest request = request();
        proxy().make(answered(stub()::createsCheckout, true, Fault.ERROR));
        refusedAs(Kind.OUTCOME_UNKNOWN, "a 500", () -> tested().startCheckout(context(), request));
        refusedAs(Kind.OUTCOME_UNKNOWN, "the same 500 replayed", () -> tested().startCheckout(context(), request));
        proxy().heal();

        List<PaymentRef> found = tested().locate(context(), request.purchaseId(), LONG_AGO);
        assertThat(found).as("the checkout that the 500 hid").isNotEmpty();
        assertThat(account().checkouts()).isEqualTo(1);
    }

    @Case(5)
    public void anIdempotencyMismatchIsUnknown() {
        proxy().make(answered(stub()::createsCheckout, false, Fault.KEY_CONFLICT));
        refusedAs(
                Kind.OUTCOME_UNKNOWN,
                "the key was used with other parameters",
                () -> tested().startCheckout(context(), request()));
    }

    @Case(6)
    public void aRateLimitIsNothingDoneAndSaysHowLongToWait() {
        proxy().make(answered(ALL, false, Fault.RATE_LIMITED));
        GatewayException limited = refusal("a 429", () -> tested().startCheckout(context(), request()));

        assertThat(limited.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(limited.retryAfter()).contains(Duration.ofSeconds(FaultProxy.RETRY_AFTER_SECONDS));
        assertThat(account().checkouts()).isZero();
    }

    @Case(7)
    public void badCredentialsAreToldApartAndHealthSaysSo() {
        proxy();
        assertThat(tested().health(context()).code())
                .as("health with good credentials")
                .isEqualTo(Health.Code.UP);
        proxy().make(answered(ALL, false, Fault.UNAUTHORIZED));
        refusedAs(Kind.BAD_CREDENTIALS, "a 401", () -> tested().startCheckout(context(), request()));

        Health health = tested().health(context());
        assertThat(health.code()).isEqualTo(Health.Code.MISCONFIGURED);
        assertThat(health.message()).as("what helps").isNotBlank();
    }

    @Case(8)
    public void deadlineAndInterruptAreHonoured() throws Exception {
        Trouble.Held held = Trouble.Held.of(stub()::createsCheckout);
        proxy().make(held);
        Duration patience = Duration.ofSeconds(2);
        TckContext hurried = context().within(patience);
        Attempt late = Attempt.of(() -> tested().startCheckout(hurried, request()));
        assertUnknown("the deadline passed", late.outcome(patience.plus(SLACK), "its deadline passed"));
        proxy().heal();

        Trouble.Held again = Trouble.Held.of(stub()::createsCheckout);
        proxy().make(again);
        Attempt interrupted = Attempt.of(() -> tested().startCheckout(context(), request()));
        again.awaitReached();
        interrupted.thread.interrupt();
        assertUnknown("it was interrupted", interrupted.outcome(SLACK, "it was interrupted"));
        proxy().heal();
    }

    /** A call on a thread of its own. */
    static final class Attempt {
        final Thread thread;
        private final AtomicReference<@Nullable Object> answer = new AtomicReference<>();
        private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();

        private Attempt(Call call) {
            thread = new Thread(
                    () -> {
                        try {
                            answer.set(call.run());
                        } catch (Throwable e) {
                            thrown.set(e);
                        }
                    },
                    "tck-call");
            thread.setDaemon(true);
        }

        static Attempt of(Call call) {
            Attempt attempt = new Attempt(call);
            attempt.thread.start();
            return attempt;
        }

        /** What it threw, once it is over; null: it answered. */
        @Nullable
        Throwable outcome(Duration patience, String after) throws InterruptedException {
            thread.join(patience.toMillis());
            if (thread.isAlive()) {
                fail("the call still runs " + patience.toSeconds() + " s after " + after);
            }
            return thrown.get();
        }

        @Nullable
        Object answer() {
            return answer.get();
        }
    }

    @Case(9)
    public void locateFindsALostObject() throws GatewayException {
        TckRequest request = request();
        proxy().make(new Trouble.ResponseLost(stub()::createsCheckout));
        refusal("the response was lost", () -> tested().startCheckout(context(), request));
        proxy().heal();

        List<PaymentRef> found = tested().locate(context(), request.purchaseId(), LONG_AGO);
        assertThat(found).hasSize(1);
        assertThat(fetched(found.get(0)).purchaseId()).contains(request.purchaseId());
    }

    @Case(10)
    public void locateIsNeverEmptyOnAnErrorOrAPageLimit() throws GatewayException {
        Begun lost = begun();
        for (Fault fault : List.of(Fault.ERROR, Fault.RATE_LIMITED, Fault.UNAUTHORIZED)) {
            proxy().make(answered(ALL, false, fault));
            assertUnsure(fault.toString(), context(), lost.purchaseId());
        }
        proxy().make(new Trouble.ResponseLost(ALL));
        assertUnsure("no response", context(), lost.purchaseId());
        proxy().heal();
        assertUnsure("no connection", context().at(FaultProxy.refused()), lost.purchaseId());

        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            started(context(), request());
        }
        assertFoundOrUnsure(lost.purchaseId());
        int before = proxy().requests();
        proxy().make(answered((method, path) -> proxy().requests() > before + 1, false, Fault.ERROR));
        assertFoundOrUnsure(lost.purchaseId());
    }

    private void assertUnsure(String what, TckContext context, String purchaseId) {
        GatewayException refusal = refusal("locate, " + what, () -> tested().locate(context, purchaseId, LONG_AGO));
        assertThat(refusal.kind()).as("locate, %s", what).isNotEqualTo(Kind.NOT_FOUND);
    }

    private void assertFoundOrUnsure(String purchaseId) {
        List<PaymentRef> found = new ArrayList<>();
        try {
            found.addAll(tested().locate(context(), purchaseId, LONG_AGO));
        } catch (GatewayException e) {
            return;
        }
        assertThat(found).as("a payment behind the first page").isNotEmpty();
    }

    @Case(11)
    public void locateIgnoresOtherPurchasesAndTenants() throws GatewayException {
        if (!hasProvider()) {
            TckRequest request = request();
            started(context(), request);
            assertThat(tested().locate(context(), request.purchaseId(), LONG_AGO))
                    .isEmpty();
            return;
        }
        Begun first = begun();
        Begun second = begun();
        StubAccount other = stub().account(OTHER, Mode.TEST);
        TckContext theirs = context(OTHER, other);
        TckRequest request = request();
        started(theirs, request);

        assertOnly(context(), first.purchaseId());
        assertOnly(context(), second.purchaseId());
        assertOnly(theirs, request.purchaseId());
        assertThat(tested().locate(context(), request.purchaseId(), LONG_AGO)).isEmpty();
        assertThat(tested().locate(context(), newPurchase(), LONG_AGO)).isEmpty();
        assertThat(tested().locate(theirs, first.purchaseId(), LONG_AGO)).isEmpty();
    }

    private void assertOnly(TckContext context, String purchaseId) throws GatewayException {
        List<PaymentRef> found = tested().locate(context, purchaseId, LONG_AGO);
        assertThat(found).as("payments of the purchase").isNotEmpty();
        for (PaymentRef ref : found) {
            assertThat(fetched(context, ref).purchaseId()).contains(purchaseId);
        }
    }
}
