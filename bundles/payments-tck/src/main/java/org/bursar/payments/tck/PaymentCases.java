package org.bursar.payments.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayDescriptor.Feature;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Dispute;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.tck.StubAccount.Event;

/** Cases 24 to 27, 30, 32 to 34 and 39: what a payment comes to, as the provider shows it. */
abstract class PaymentCases extends WebhookCases {
    /** Amounts that come out wrong when they are multiplied or divided as floating point, and the least and a large one. */
    private static final List<Long> AWKWARD = List.of(1L, 29L, 57L, 58L, 113L, 115L, 435L, 1_001L, 1_999L, 99_999_999L);

    final PaymentSnapshot after(Begun begun, Event... events) throws GatewayException {
        proxy();
        for (Event event : events) {
            happens(account(), begun.purchaseId(), event);
        }
        return fetched(begun.ref());
    }

    final PaymentSnapshot afterPaying(Begun begun) throws GatewayException {
        account().pay(begun.purchaseId(), begun.request().amount());
        return fetched(begun.ref());
    }

    final void assertCaptured(PaymentSnapshot snapshot, Money amount) {
        assertThat(snapshot.phase()).as(snapshot.toString()).isEqualTo(Phase.CAPTURED);
        assertThat(snapshot.captured()).as("what was captured").isEqualTo(amount);
    }

    final void assertNothingCaptured(PaymentSnapshot snapshot, Phase... phases) {
        assertThat(snapshot.phase()).as(snapshot.toString()).isIn((Object[]) phases);
        assertThat(snapshot.captured().minor()).as("nothing was captured").isZero();
    }

    final boolean claims(Feature feature) {
        return tested().descriptor().features().contains(feature);
    }

    @Case(24)
    public void aDeclineAndThenSuccess() throws Exception {
        proxy();
        Begun begun = begun();
        PaymentSnapshot declined = after(begun, Event.DECLINE);
        assertNothingCaptured(declined, Phase.OPEN, Phase.FAILED);
        assertThat(declined.lastDecline()).as("why it was declined").isPresent();

        assertCaptured(afterPaying(begun), begun.request().amount());
    }

    @Case(25)
    public void successAfterExpiry() throws Exception {
        proxy();
        Begun begun = begun();
        assertNothingCaptured(after(begun, Event.EXPIRE), Phase.EXPIRED, Phase.CANCELLED);

        assertCaptured(afterPaying(begun), begun.request().amount());
    }

    @Case(26)
    public void asynchronousSuccessAndFailure() throws Exception {
        proxy();
        Begun good = begun();
        assertNothingCaptured(after(good, Event.PROCESS), Phase.PROCESSING);
        assertCaptured(afterPaying(good), good.request().amount());

        Begun bad = begun();
        assertNothingCaptured(after(bad, Event.PROCESS), Phase.PROCESSING);
        assertNothingCaptured(after(bad, Event.FAIL), Phase.FAILED, Phase.OPEN, Phase.CANCELLED);
    }

    @Case(27)
    public void aReviewOpenedApprovedAndRejected() throws Exception {
        proxy();
        if (!claims(Feature.REVIEW_SIGNAL)) {
            abort("the gateway does not claim " + Feature.REVIEW_SIGNAL);
        }
        Begun approved = paid();
        assertThat(reviewed(after(approved, Event.OPEN_REVIEW)))
                .as("a review is open")
                .isTrue();
        PaymentSnapshot good = after(approved, Event.APPROVE_REVIEW);
        assertThat(reviewed(good)).isFalse();
        assertCaptured(good, approved.request().amount());

        Begun rejected = paid();
        after(rejected, Event.OPEN_REVIEW);
        PaymentSnapshot bad = after(rejected, Event.REJECT_REVIEW);
        long refunded = bad.refunds().stream()
                .filter(refund -> refund.status() == PaymentSnapshot.RefundStatus.SUCCEEDED)
                .mapToLong(refund -> refund.amount().minor())
                .sum();
        assertThat(bad.captured().minor() - refunded)
                .as("kept of a rejected payment")
                .isZero();
        assertThat(reviewed(bad)).isFalse();
    }

    private static boolean reviewed(PaymentSnapshot snapshot) {
        return snapshot.reviewOpen() || snapshot.phase() == Phase.HELD_FOR_REVIEW;
    }

    @Case(30)
    public void aDisputeOpenedWonAndLost() throws Exception {
        proxy();
        Begun won = paid();
        assertDispute(after(won, Event.OPEN_DISPUTE), DisputeStatus.OPEN, won);
        assertDispute(after(won, Event.WIN_DISPUTE), DisputeStatus.WON, won);

        Begun lost = paid();
        assertDispute(after(lost, Event.OPEN_DISPUTE), DisputeStatus.OPEN, lost);
        assertDispute(after(lost, Event.LOSE_DISPUTE), DisputeStatus.LOST, lost);
    }

    private void assertDispute(PaymentSnapshot snapshot, DisputeStatus status, Begun begun) {
        assertThat(snapshot.disputes()).extracting(Dispute::status).containsExactly(status);
        assertThat(snapshot.disputes())
                .extracting(Dispute::amount)
                .containsExactly(begun.request().amount());
        assertThat(snapshot.captured())
                .as("a dispute does not undo the capture")
                .isEqualTo(begun.request().amount());
    }

    @Case(32)
    public void amountsAreExactInEveryCurrency() throws Exception {
        proxy();
        int tried = 0;
        for (String currency : List.of("USD", "JPY", "KWD", "EUR")) {
            if (takes(currency)) {
                for (long minor : AWKWARD) {
                    assertExact(Money.of(currency, minor));
                    tried++;
                }
            }
        }
        if (tried == 0) {
            for (long minor : AWKWARD) {
                assertExact(Money.of(price().currency(), minor));
            }
        }
    }

    private boolean takes(String currency) {
        Set<String> currencies = tested().descriptor().currencies();
        return currencies.isEmpty() || currencies.contains(currency);
    }

    private void assertExact(Money amount) throws GatewayException {
        // providers count three-decimal currencies in tens of the smallest unit
        Money asked = amount.currency().equals("KWD") ? Money.of("KWD", amount.minor() * 10) : amount;
        Begun begun = begun(TckRequest.of(newPurchase(), asked));
        assertThat(account().asked(begun.purchaseId()))
                .as("what the payer is asked for")
                .isEqualTo(asked);
        assertCaptured(afterPaying(begun), asked);
    }

    @Case(33)
    public void amountAndModeAreReadFromTheProvider() throws Exception {
        proxy();
        Begun begun = begun();
        Money less = Money.of(
                begun.request().amount().currency(), begun.request().amount().minor() - 1);
        account().pay(begun.purchaseId(), less);
        assertThat(fetched(begun.ref()).captured())
                .as("what was captured, not what was asked")
                .isEqualTo(less);
        assertThat(fetched(begun.ref()).mode()).isEqualTo(Mode.TEST);

        StubAccount live = stub().account(ONE, Mode.LIVE);
        TckContext real = context(ONE, live, Mode.LIVE);
        TckRequest request = request();
        PaymentRef ref = started(real, request).ref();
        live.pay(request.purchaseId(), request.amount());
        assertThat(fetched(real, ref).mode()).as("a live payment").isEqualTo(Mode.LIVE);
        assertNotTakenForTest(real.withMode(Mode.TEST), ref);
    }

    /** The tenant's settings are live, the instance says test. */
    private void assertNotTakenForTest(TckContext mistaken, PaymentRef ref) {
        try {
            assertThat(fetched(mistaken, ref).mode())
                    .as("a live payment, asked about in test mode")
                    .isEqualTo(Mode.LIVE);
        } catch (GatewayException e) {
            assertThat(e.kind()).isIn(Kind.BAD_CONFIGURATION, Kind.BAD_CREDENTIALS, Kind.NOT_FOUND);
        }
    }

    @Case(34)
    public void aSecondPaymentOnOneCheckoutIsReported() throws Exception {
        proxy();
        if (!claims(Feature.MULTIPLE_PAYMENTS_PER_CHECKOUT)) {
            abort("the gateway does not claim " + Feature.MULTIPLE_PAYMENTS_PER_CHECKOUT);
        }
        Begun begun = paid();
        account().pay(begun.purchaseId(), begun.request().amount());
        assertThat(account().payments(begun.purchaseId())).isEqualTo(2);

        Set<PaymentRef> known = new LinkedHashSet<>(List.of(begun.ref()));
        known.addAll(tested().locate(context(), begun.purchaseId(), Instant.parse("2020-01-01T00:00:00Z")));
        if (account().webhooks().isPresent()) {
            for (byte[] body : webhooks().events(begun.purchaseId())) {
                accepted(delivered(body)).changed().stream()
                        .map(WebhookOutcome.Hint::ref)
                        .forEach(known::add);
            }
        }
        assertReported(begun, known);
    }

    /** Either the payments are shown one by one, or their sum. */
    private void assertReported(Begun begun, Set<PaymentRef> known) throws GatewayException {
        long price = begun.request().amount().minor();
        if (fetched(begun.ref()).captured().minor() == 2 * price) {
            return;
        }
        Set<String> captured = new LinkedHashSet<>();
        for (PaymentRef ref : known) {
            PaymentSnapshot snapshot = fetched(ref);
            assertThat(snapshot.purchaseId()).contains(begun.purchaseId());
            if (snapshot.captured().minor() == price) {
                captured.add(snapshot.ref().toString());
            }
        }
        if (captured.size() < 2) {
            fail("two payments were captured; locate, webhooks and fetch show " + captured);
        }
    }

    @Case(39)
    public void anUnknownStatusIsUnknown() throws Exception {
        proxy();
        Begun begun = begun();
        PaymentSnapshot strange = after(begun, Event.SHOW_UNKNOWN_STATUS);

        assertThat(strange.phase()).isEqualTo(Phase.UNKNOWN);
    }
}
