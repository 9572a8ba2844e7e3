package org.bursar.payments.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bursar.payments.spi.Cancellable;
import org.bursar.payments.spi.ChangeFeed;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.CustomerPortal;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayDescriptor.Feature;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.ManualDecision;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.PaymentSnapshot.Refund;
import org.bursar.payments.spi.PaymentSnapshot.RefundStatus;
import org.bursar.payments.spi.Refunds;
import org.bursar.payments.spi.SavedMethodRef;
import org.bursar.payments.spi.SavedMethods;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SharedEndpoint;
import org.bursar.payments.spi.SubscriptionControl;
import org.bursar.payments.spi.SubscriptionSnapshot;
import org.bursar.payments.spi.WebhookRegistration;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.tck.FaultProxy.Trouble;
import org.bursar.payments.tck.ProviderStub.Fault;
import org.bursar.payments.tck.StubAccount.Event;
import org.bursar.payments.tck.StubAccount.Method;

/** Cases 28, 29, 31 and 43: what a gateway claims beyond the checkout, it can do. */
abstract class FacetCases extends PaymentCases {
    @Case(28)
    public void refundsFullPartialRepeatedExcessAndFailed() throws Exception {
        Refunds refunds = facet(Refunds.class);
        Begun full = paid();
        Money price = full.request().amount();
        assertDone(refunds.refund(context(), full.ref(), price, Keys.refund(full, 1), "asked for"));
        assertDone(refunds.refund(context(), full.ref(), price, Keys.refund(full, 1), "asked for"));
        assertThat(account().refunds(full.purchaseId()))
                .as("refunds at the provider")
                .isEqualTo(1);
        assertThat(refunded(full)).isEqualTo(price.minor());
        assertThat(fetched(full.ref()).captured())
                .as("a refund does not undo the capture")
                .isEqualTo(price);

        Money one = Money.of(price.currency(), 1);
        assertRefused("more than is left", () -> refunds.refund(context(), full.ref(), one, Keys.refund(full, 2), "x"));
        assertThat(refunded(full)).isEqualTo(price.minor());

        Begun part = paid();
        Money two = Money.of(price.currency(), 2);
        if (claims(Feature.PARTIAL_REFUND)) {
            assertDone(refunds.refund(context(), part.ref(), two, Keys.refund(part, 1), "a part"));
            assertDone(refunds.refund(context(), part.ref(), one, Keys.refund(part, 2), "another part"));
            assertThat(refunded(part)).isEqualTo(3);
            assertThat(fetched(part.ref()).refunds()).hasSize(2);
        } else {
            assertRefused("a part", () -> refunds.refund(context(), part.ref(), two, Keys.refund(part, 1), "a part"));
        }
        pendingAndFailed(refunds);
    }

    private void pendingAndFailed(Refunds refunds) throws GatewayException {
        Begun begun = paid();
        Money price = begun.request().amount();
        happens(account(), begun.purchaseId(), Event.HOLD_REFUNDS);
        refunds.refund(context(), begun.ref(), price, Keys.refund(begun, 1), "asked for");
        assertThat(fetched(begun.ref()).refunds()).extracting(Refund::status).containsExactly(RefundStatus.PENDING);

        happens(account(), begun.purchaseId(), Event.FAIL_REFUNDS);
        assertThat(fetched(begun.ref()).refunds()).extracting(Refund::status).containsExactly(RefundStatus.FAILED);
        assertThat(refunded(begun)).isZero();
    }

    private long refunded(Begun begun) throws GatewayException {
        return fetched(begun.ref()).refunds().stream()
                .filter(refund -> refund.status() == RefundStatus.SUCCEEDED)
                .mapToLong(refund -> refund.amount().minor())
                .sum();
    }

    private static void assertDone(OperationResult result) {
        assertThat(result).isInstanceOfAny(OperationResult.Accepted.class, OperationResult.Pending.class);
    }

    private static void assertRefused(String what, Call call) throws Exception {
        try {
            assertThat(call.run()).as(what).isInstanceOf(OperationResult.Declined.class);
        } catch (GatewayException e) {
            assertThat(e.kind()).as(what).isIn(Kind.INVALID_REQUEST, Kind.UNSUPPORTED);
        }
    }

    @Case(29)
    public void aRefundThatIsRetriedRefundsOnce() throws Exception {
        Refunds refunds = facet(Refunds.class);
        Begun begun = paid();
        Money price = begun.request().amount();
        proxy().make(new Trouble.ResponseLost(WRITES));
        refusedAs(
                Kind.OUTCOME_UNKNOWN,
                "the response to a refund was lost",
                () -> refunds.refund(context(), begun.ref(), price, Keys.refund(begun, 1), "asked for"));
        proxy().heal();

        assertDone(refunds.refund(context(), begun.ref(), price, Keys.refund(begun, 1), "asked for"));
        assertThat(account().refunds(begun.purchaseId()))
                .as("refunds at the provider")
                .isEqualTo(1);
        assertThat(refunded(begun)).isEqualTo(price.minor());
        neverDenied(refunds, Fault.ERROR);
        neverDenied(refunds, Fault.RATE_LIMITED);
    }

    /** The write gets through and reads do not: "nothing happened" may be said only where nothing did. */
    private void neverDenied(Refunds refunds, Fault fault) throws GatewayException {
        Begun begun = paid();
        Money price = begun.request().amount();
        proxy().make(answered((method, path) -> method.equals("GET"), false, fault));
        try {
            assertDone(refunds.refund(context(), begun.ref(), price, Keys.refund(begun, 1), "asked for"));
        } catch (GatewayException e) {
            if (account().refunds(begun.purchaseId()) > 0) {
                assertUnknown("a refund was made and could not be looked at", e);
            }
        }
        proxy().heal();
    }

    @Case(31)
    public void offSessionCharges() throws Exception {
        SavedMethods methods = facet(SavedMethods.class);
        SavedMethodRef good = account().savedMethod(Method.GOOD);
        String purchase = newPurchase();
        OperationResult charged = methods.charge(context(), good, price(), purchase, Keys.charge(purchase));
        assertDone(charged);
        assertThat(methods.charge(context(), good, price(), purchase, Keys.charge(purchase))
                        .ref())
                .isEqualTo(charged.ref());
        assertThat(account().payments(purchase)).as("payments at the provider").isEqualTo(1);
        assertCaptured(fetched(charged.ref()), price());
        assertThat(fetched(charged.ref()).purchaseId()).contains(purchase);

        assertThat(declined(methods, Method.NEEDS_AUTHENTICATION)).isEqualTo(DeclineCode.AUTHENTICATION_REQUIRED);
        assertThat(declined(methods, Method.DECLINED))
                .isNotIn(DeclineCode.AUTHENTICATION_REQUIRED, DeclineCode.METHOD_GONE);
        assertThat(declined(methods, Method.GONE)).isEqualTo(DeclineCode.METHOD_GONE);
        lostCharge(methods);

        methods.forget(context(), good);
        methods.forget(context(), good);
        String later = newPurchase();
        assertThat(methods.charge(context(), good, price(), later, Keys.charge(later)))
                .isInstanceOfSatisfying(
                        OperationResult.Declined.class,
                        answer -> assertThat(answer.decline().code()).isEqualTo(DeclineCode.METHOD_GONE));
    }

    /** Why a charge was declined; the same key is declined again, in the same words. */
    private DeclineCode declined(SavedMethods methods, Method kind) throws GatewayException {
        SavedMethodRef method = account().savedMethod(kind);
        String purchase = newPurchase();
        Decline first = decline(methods.charge(context(), method, price(), purchase, Keys.charge(purchase)));
        Decline second = decline(methods.charge(context(), method, price(), purchase, Keys.charge(purchase)));
        assertThat(second.code()).as("the same key again").isEqualTo(first.code());
        assertThat(account().payments(purchase)).isZero();
        return first.code();
    }

    private static Decline decline(OperationResult result) {
        assertThat(result).isInstanceOf(OperationResult.Declined.class);
        return ((OperationResult.Declined) result).decline();
    }

    private void lostCharge(SavedMethods methods) throws GatewayException {
        SavedMethodRef good = account().savedMethod(Method.GOOD);
        String purchase = newPurchase();
        proxy().make(new Trouble.ResponseLost(WRITES));
        refusedAs(
                Kind.OUTCOME_UNKNOWN,
                "the response to a charge was lost",
                () -> methods.charge(context(), good, price(), purchase, Keys.charge(purchase)));
        proxy().heal();
        assertDone(methods.charge(context(), good, price(), purchase, Keys.charge(purchase)));
        assertThat(account().payments(purchase)).as("payments at the provider").isEqualTo(1);
    }

    @Case(43)
    public void facetsMatchWhatItSaysItCanDo() throws Exception {
        Set<Feature> features = tested().descriptor().features();
        boolean manual = tested() instanceof ManualDecision;
        assertThat(features).as("it takes payments of some kind").containsAnyOf(Feature.ONE_OFF, Feature.SUBSCRIPTION);
        assertThat(claims(Feature.MANUAL_APPROVAL)).as("people decide").isEqualTo(manual);
        assertThat(hasProvider()).as("a stub of the provider is given").isEqualTo(!manual);
        if (claims(Feature.PARTIAL_REFUND)) {
            assertThat(tested()).isInstanceOf(Refunds.class);
        }
        if (tested() instanceof SubscriptionControl) {
            assertThat(features).contains(Feature.SUBSCRIPTION);
        }
        CheckoutStart start = started(context(), request());
        assertThat(start instanceof CheckoutStart.Redirect)
                .as("the payer goes to the provider's page")
                .isEqualTo(claims(Feature.HOSTED_REDIRECT));
        intervals();
        if (tested() instanceof SubscriptionControl control) {
            subscriptions(control);
        }
        if (manual) {
            assertThat(start).isInstanceOf(CheckoutStart.Instructions.class);
            refusedAs(Kind.UNSUPPORTED, "only people know", () -> tested().fetch(context(), start.ref()));
        } else {
            assertThat(account().webhooks().isPresent() || tested() instanceof ChangeFeed)
                    .as("webhooks or a feed of changes")
                    .isTrue();
        }
        cancels();
        feeds();
        addresses();
    }

    private void intervals() throws GatewayException {
        TckRequest monthly = request().every(Period.ofMonths(1));
        if (claims(Feature.SUBSCRIPTION)) {
            started(context(), monthly);
        } else {
            assertThat(refusal("a subscription", () -> tested().startCheckout(context(), monthly))
                            .kind())
                    .isIn(Kind.UNSUPPORTED, Kind.INVALID_REQUEST);
        }
    }

    /** A subscription is shown under one name by all that are asked, and ended once it was told to. */
    private void subscriptions(SubscriptionControl control) throws GatewayException {
        Period month = Period.ofMonths(1);
        assertThat(control.charges(month))
                .as("a month, or as many days as it surely has, so that no plan stays unpaid")
                .isIn(month, Period.ofDays(28), Period.ofDays(29), Period.ofDays(30));
        TckRequest monthly = request().every(month);
        PaymentRef first = started(context(), monthly).ref();
        account().pay(monthly.purchaseId(), monthly.amount());
        SubscriptionSnapshot running = control.subscription(context(), first);
        assertThat(running.status()).isEqualTo(SubscriptionSnapshot.Status.RUNNING);
        assertThat(running.periods())
                .as("the first period is the checkout's own")
                .isEmpty();
        assertThat(fetched(first).subscription())
                .as("the payment names its subscription")
                .contains(running.ref());
        for (int often = 0; often < 2; often++) {
            control.cancelSubscription(context(), running.ref(), false, Keys.cancel(monthly.purchaseId()));
            assertThat(control.subscription(context(), running.ref()).status())
                    .isEqualTo(SubscriptionSnapshot.Status.ENDED);
        }
        assertCaptured(fetched(first), monthly.amount());
    }

    private void cancels() throws GatewayException {
        if (tested() instanceof Cancellable cancellable) {
            Begun open = begun();
            PaymentSnapshot cancelled = cancellable.cancel(context(), open.ref(), Keys.cancel(open.purchaseId()));
            assertNothingCaptured(cancelled, Phase.CANCELLED, Phase.EXPIRED);
            assertNothingCaptured(fetched(open.ref()), Phase.CANCELLED, Phase.EXPIRED);
            cancellable.cancel(context(), open.ref(), Keys.cancel(open.purchaseId()));

            Begun paid = paid();
            assertCaptured(
                    cancellable.cancel(context(), paid.ref(), Keys.cancel(paid.purchaseId())),
                    paid.request().amount());
        }
    }

    private void feeds() throws GatewayException {
        if (tested() instanceof ChangeFeed feed) {
            String cursor = feed.changes(context(), Optional.empty(), 1_000).nextCursor();
            Begun paid = paid();
            ChangeFeed.Changes changes = feed.changes(context(), Optional.of(cursor), 1_000);
            assertThat(changes.nextCursor().length()).isLessThanOrEqualTo(500);
            Set<String> purchases = new TreeSet<>();
            for (PaymentRef ref : changes.refs()) {
                fetched(ref).purchaseId().ifPresent(purchases::add);
            }
            assertThat(purchases).contains(paid.purchaseId());
            assertThat(feed.changes(context(), Optional.of(cursor), 1).refs()).hasSizeLessThanOrEqualTo(1);
        }
    }

    private void addresses() throws Exception {
        if (tested() instanceof CustomerPortal portal && tested() instanceof SavedMethods) {
            String customer = account().savedMethod(Method.GOOD).customerId();
            assertThat(portal.portal(context(), customer, URI.create("https://tenant.example/"))
                            .isAbsolute())
                    .isTrue();
        }
        if (tested() instanceof WebhookRegistration registration) {
            Map<String, String> stored =
                    registration.ensureWebhook(context(), URI.create("https://bursar.example/webhooks/1"));
            assertThat(tested().descriptor().settings().fields())
                    .extracting(SettingsSchema.Field::name)
                    .containsAll(stored.keySet());
            registration.ensureWebhook(context(), URI.create("https://bursar.example/webhooks/1"));
        }
        if (tested() instanceof SharedEndpoint shared) {
            byte[] body = webhooks().events(paid().purchaseId()).get(0);
            shared.accountOf(context(), delivered(body));
            TckWebhook strangers = delivered(body, List.of("whsec_a_stranger_made_this_up"));
            assertThat(refusedBy(shared, strangers))
                    .as("a stranger's webhook on the shared endpoint")
                    .isTrue();
        }
    }

    private boolean refusedBy(SharedEndpoint shared, TckWebhook webhook) {
        try {
            shared.accountOf(context(), webhook);
            return false;
        } catch (WebhookRejected e) {
            return true;
        }
    }
}
