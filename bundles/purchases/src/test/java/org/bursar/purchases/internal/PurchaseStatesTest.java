package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bursar.kernel.Money;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Dispute;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.PaymentSnapshot.Refund;
import org.bursar.payments.spi.PaymentSnapshot.RefundStatus;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.PurchaseStates.Asked;
import org.bursar.purchases.internal.PurchaseStates.Present;
import org.bursar.purchases.internal.PurchaseStates.Verdict;
import org.junit.jupiter.api.Test;

class PurchaseStatesTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Asked ASKED =
            new Asked("pur_1", new Money("USD", 45_000), new BigDecimal("500.000000"), Mode.LIVE, false);
    private static final PaymentRef REF = PaymentRef.of("session", "cs_1");
    private static final Present AWAITING = new Present(PurchaseState.AWAITING_PAYMENT, BigDecimal.ZERO);
    private static final Present CREDITED = new Present(PurchaseState.APPROVED, ASKED.credits());

    @Provide
    Arbitrary<List<Fact>> facts() {
        Arbitrary<Fact> fact = Combinators.combine(
                        Arbitraries.of(FactKind.values()),
                        Arbitraries.integers().between(0, 40))
                .as((kind, second) -> new Fact(kind, START.plusSeconds(second)));
        return fact.list().ofMaxSize(12);
    }

    @Property
    void theOrderInWhichFactsWereStoredDoesNotMatter(@ForAll("facts") List<Fact> facts, @ForAll long seed) {
        List<Fact> shuffled = new ArrayList<>(facts);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(PurchaseStates.ofPeople(ASKED, shuffled)).isEqualTo(PurchaseStates.ofPeople(ASKED, facts));
    }

    @Property
    void repeatedFactsChangeNothing(@ForAll("facts") List<Fact> facts, @ForAll long seed) {
        List<Fact> repeated = new ArrayList<>(facts);
        repeated.addAll(facts);
        Collections.shuffle(repeated, new Random(seed));

        assertThat(PurchaseStates.ofPeople(ASKED, repeated)).isEqualTo(PurchaseStates.ofPeople(ASKED, facts));
    }

    @Property
    void creditIsOwedExactlyWhenTheMoneyWasReceived(@ForAll("facts") List<Fact> facts) {
        Verdict verdict = PurchaseStates.ofPeople(ASKED, facts);
        boolean received = facts.stream().anyMatch(fact -> fact.kind() == FactKind.RECEIVED);

        assertThat(verdict.state() == PurchaseState.APPROVED).isEqualTo(received);
        assertThat(verdict.target()).isEqualTo(received ? ASKED.credits() : BigDecimal.ZERO);
    }

    @Property
    void oneMoreFactMakesAStepThatTheTableAllows(@ForAll("facts") List<Fact> facts, @ForAll("facts") List<Fact> more) {
        List<Fact> told = new ArrayList<>(facts);
        PurchaseState state = PurchaseStates.ofPeople(ASKED, told).state();
        for (int i = 0; i < more.size(); i++) {
            told.add(new Fact(more.get(i).kind(), START.plusSeconds(100L + i)));
            PurchaseState next = PurchaseStates.ofPeople(ASKED, told).state();

            assertThat(PurchaseStates.follows(state, next))
                    .as("%s to %s", state, next)
                    .isTrue();
            state = next;
        }
    }

    @Test
    void aDepositGoesFromAwaitingToApproved() {
        assertThat(people()).isEqualTo(PurchaseState.CREATED);
        assertThat(people(FactKind.CHECKOUT_STARTED)).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(people(FactKind.CHECKOUT_STARTED, FactKind.CLAIMED)).isEqualTo(PurchaseState.UNDER_REVIEW);
        assertThat(people(FactKind.CHECKOUT_STARTED, FactKind.CLAIMED, FactKind.RECEIVED))
                .isEqualTo(PurchaseState.APPROVED);
    }

    @Test
    void lateMoneyCountsWhateverWasDecidedBefore() {
        for (FactKind end : List.of(FactKind.DECLINED, FactKind.CANCELLED, FactKind.EXPIRED)) {
            assertThat(people(FactKind.CHECKOUT_STARTED, end)).isEqualTo(end.state());
            assertThat(people(FactKind.CHECKOUT_STARTED, end, FactKind.CLAIMED)).isEqualTo(PurchaseState.UNDER_REVIEW);
            assertThat(people(FactKind.CHECKOUT_STARTED, end, FactKind.RECEIVED))
                    .isEqualTo(PurchaseState.APPROVED);
        }
    }

    @Test
    void whatIsPaidIsNotUndoneByADecisionOrTime() {
        for (FactKind late : List.of(
                FactKind.DECLINED, FactKind.CANCELLED, FactKind.EXPIRED, FactKind.CLAIMED, FactKind.CHECKOUT_STARTED)) {
            assertThat(people(FactKind.CHECKOUT_STARTED, FactKind.RECEIVED, late))
                    .isEqualTo(PurchaseState.APPROVED);
        }
    }

    @Test
    void anOutcomeThatArrivesAfterTheEndDoesNotOpenThePurchaseAgain() {
        assertThat(people(FactKind.CANCELLED, FactKind.CHECKOUT_STARTED)).isEqualTo(PurchaseState.CANCELLED);
        assertThat(people(FactKind.CHECKOUT_STARTED, FactKind.EXPIRED, FactKind.CHECKOUT_STARTED))
                .isEqualTo(PurchaseState.EXPIRED);
    }

    private static PurchaseState people(FactKind... kinds) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            facts.add(new Fact(kinds[i], START.plusSeconds(i)));
        }
        return PurchaseStates.ofPeople(ASKED, facts).state();
    }

    @Test
    void everyStateFollowsItselfAndProvenMoneyFollowsAny() {
        for (PurchaseState from : PurchaseState.values()) {
            for (PurchaseState to : PurchaseState.values()) {
                boolean allowed = PurchaseStates.follows(from, to);
                if (from == to || to.captured()) {
                    assertThat(allowed).as("%s to %s", from, to).isTrue();
                } else if (from.captured() || to == PurchaseState.CREATED) {
                    assertThat(allowed).as("%s to %s", from, to).isFalse();
                }
            }
        }
        assertThat(PurchaseStates.follows(PurchaseState.EXPIRED, PurchaseState.AWAITING_PAYMENT))
                .isFalse();
        assertThat(PurchaseStates.follows(PurchaseState.DECLINED, PurchaseState.AWAITING_PAYMENT))
                .isTrue();
        assertThat(PurchaseStates.follows(PurchaseState.DECLINED, PurchaseState.EXPIRED))
                .isFalse();
    }

    @Test
    void aProvidersPhasesMapToStates() {
        assertThat(provider(AWAITING, shown(Phase.OPEN, 0))).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(provider(
                        AWAITING,
                        shown(Phase.OPEN, 0).withLastDecline(Decline.of(DeclineCode.CARD_DECLINED, "x", true))))
                .isEqualTo(PurchaseState.DECLINED);
        for (Phase phase : List.of(Phase.PROCESSING, Phase.HELD_FOR_REVIEW, Phase.AUTHORIZED)) {
            assertThat(provider(AWAITING, shown(phase, 0))).isEqualTo(PurchaseState.UNDER_REVIEW);
        }
        assertThat(provider(AWAITING, shown(Phase.FAILED, 0))).isEqualTo(PurchaseState.DECLINED);
        assertThat(provider(AWAITING, shown(Phase.EXPIRED, 0))).isEqualTo(PurchaseState.EXPIRED);
        assertThat(provider(AWAITING, shown(Phase.CANCELLED, 0))).isEqualTo(PurchaseState.CANCELLED);
        assertThat(PurchaseStates.ofProvider(ASKED, AWAITING, shown(Phase.CAPTURED, 45_000)))
                .isEqualTo(new Verdict(PurchaseState.APPROVED, ASKED.credits(), null));
    }

    private static PurchaseState provider(Present present, PaymentSnapshot shown) {
        return PurchaseStates.ofProvider(ASKED, present, shown).state();
    }

    @Test
    void whatDoesNotFitIsReviewedAndNeverCredited() {
        List<PaymentSnapshot> misfits = List.of(
                shown(Phase.CAPTURED, 44_999),
                shown(Phase.CAPTURED, 45_001),
                shown(Phase.CAPTURED, 0),
                PaymentSnapshot.of(REF, Phase.CAPTURED, Mode.LIVE, Optional.of("pur_1"), eur(45_000)),
                PaymentSnapshot.of(REF, Phase.CAPTURED, Mode.TEST, Optional.of("pur_1"), usd(45_000)),
                PaymentSnapshot.of(REF, Phase.CAPTURED, Mode.LIVE, Optional.of("pur_2"), usd(45_000)),
                PaymentSnapshot.of(REF, Phase.CAPTURED, Mode.LIVE, Optional.empty(), usd(45_000)));
        for (PaymentSnapshot misfit : misfits) {
            Verdict verdict = PurchaseStates.ofProvider(ASKED, AWAITING, misfit);
            assertThat(verdict.state()).isEqualTo(PurchaseState.UNDER_REVIEW);
            assertThat(verdict.target()).isZero();
            assertThat(verdict.alert()).isNotNull();

            Verdict later = PurchaseStates.ofProvider(ASKED, CREDITED, misfit);
            assertThat(later.state()).isEqualTo(PurchaseState.APPROVED);
            assertThat(later.target()).isEqualTo(ASKED.credits());
            assertThat(later.alert()).isNotNull();
        }
    }

    @Test
    void anUnknownPhaseChangesNothingAndAlerts() {
        for (PurchaseState state : PurchaseState.values()) {
            Present present = new Present(state, new BigDecimal("7"));
            Verdict verdict = PurchaseStates.ofProvider(ASKED, present, shown(Phase.UNKNOWN, 45_000));

            assertThat(verdict.state()).isEqualTo(state);
            assertThat(verdict.target()).isEqualTo(present.credited());
            assertThat(verdict.alert()).isNotNull();
        }
    }

    @Test
    void aProviderThatForgetsACaptureIsNotBelieved() {
        for (Phase phase : List.of(Phase.OPEN, Phase.PROCESSING, Phase.FAILED, Phase.EXPIRED, Phase.CANCELLED)) {
            Verdict verdict = PurchaseStates.ofProvider(ASKED, CREDITED, shown(phase, 0));

            assertThat(verdict.state()).isEqualTo(PurchaseState.APPROVED);
            assertThat(verdict.target()).isEqualTo(ASKED.credits());
            assertThat(verdict.alert()).isNotNull();
        }
    }

    @Test
    void anOpenReviewHoldsTheCreditBack() {
        Verdict verdict = PurchaseStates.ofProvider(
                ASKED, AWAITING, shown(Phase.CAPTURED, 45_000).withReviewOpen(true));

        assertThat(verdict).isEqualTo(new Verdict(PurchaseState.UNDER_REVIEW, BigDecimal.ZERO, null));
    }

    @Test
    void refundsAndDisputesTakeTheirShareOfTheCredit() {
        PaymentSnapshot paid = shown(Phase.CAPTURED, 45_000);
        PaymentSnapshot third = paid.withRefunds(List.of(refund("r1", RefundStatus.SUCCEEDED, 15_000)));
        assertThat(PurchaseStates.ofProvider(ASKED, CREDITED, third))
                .isEqualTo(new Verdict(PurchaseState.PARTIALLY_REFUNDED, new BigDecimal("333.333333"), null));
        assertThat(PurchaseStates.ofProvider(
                        ASKED, CREDITED, paid.withRefunds(List.of(refund("r1", RefundStatus.FAILED, 15_000)))))
                .isEqualTo(new Verdict(PurchaseState.APPROVED, ASKED.credits(), null));
        assertThat(target(paid.withRefunds(List.of(refund("r1", RefundStatus.SUCCEEDED, 45_000)))))
                .isZero();
        assertThat(provider(CREDITED, paid.withDisputes(List.of(dispute(DisputeStatus.INQUIRY, 45_000)))))
                .isEqualTo(PurchaseState.APPROVED);
        assertThat(provider(CREDITED, paid.withDisputes(List.of(dispute(DisputeStatus.OPEN, 45_000)))))
                .isEqualTo(PurchaseState.DISPUTED);
        assertThat(target(paid.withDisputes(List.of(dispute(DisputeStatus.LOST, 45_000)))))
                .isZero();
        assertThat(PurchaseStates.ofProvider(
                        ASKED,
                        new Present(PurchaseState.DISPUTED, BigDecimal.ZERO),
                        third.withDisputes(List.of(dispute(DisputeStatus.WON, 30_000)))))
                .isEqualTo(new Verdict(PurchaseState.PARTIALLY_REFUNDED, new BigDecimal("333.333333"), null));
    }

    @Test
    void whatWentBackInAnotherCurrencyIsForPeopleToJudge() {
        PaymentSnapshot paid = shown(Phase.CAPTURED, 45_000);
        Refund foreign = Refund.of("r1", RefundStatus.SUCCEEDED, org.bursar.payments.spi.Money.of("JPY", 45_000));
        Dispute taken = Dispute.of("d1", DisputeStatus.OPEN, org.bursar.payments.spi.Money.of("EUR", 45_000));
        for (PaymentSnapshot odd : List.of(paid.withRefunds(List.of(foreign)), paid.withDisputes(List.of(taken)))) {
            Verdict credited = PurchaseStates.ofProvider(ASKED, CREDITED, odd);
            assertThat(credited.state()).isEqualTo(PurchaseState.APPROVED);
            assertThat(credited.target()).isEqualByComparingTo(ASKED.credits());
            assertThat(credited.alert()).contains("450.00 USD");
            Verdict first = PurchaseStates.ofProvider(ASKED, AWAITING, odd);
            assertThat(first.state()).isEqualTo(PurchaseState.UNDER_REVIEW);
            assertThat(first.target()).isZero();
        }
        Refund pending = Refund.of("r1", RefundStatus.PENDING, org.bursar.payments.spi.Money.of("JPY", 45_000));
        assertThat(PurchaseStates.ofProvider(ASKED, CREDITED, paid.withRefunds(List.of(pending)))
                        .alert())
                .isNull();
    }

    private static BigDecimal target(PaymentSnapshot shown) {
        return PurchaseStates.ofProvider(ASKED, CREDITED, shown).target();
    }

    @Provide
    Arbitrary<PaymentSnapshot> snapshots() {
        Arbitrary<Refund> refunds = Combinators.combine(
                        Arbitraries.of(RefundStatus.values()),
                        Arbitraries.longs().between(0, Long.MAX_VALUE / 2))
                .as((status, minor) -> refund("r", status, minor));
        Arbitrary<Dispute> disputes = Combinators.combine(
                        Arbitraries.of(DisputeStatus.values()),
                        Arbitraries.longs().between(0, 100_000))
                .as(PurchaseStatesTest::dispute);
        return Combinators.combine(
                        Arbitraries.of(Phase.values()),
                        Arbitraries.of(0L, 1L, 44_999L, 45_000L, 45_001L),
                        refunds.list().ofMaxSize(3),
                        disputes.list().ofMaxSize(3),
                        Arbitraries.of(true, false))
                .as((phase, captured, back, disputed, review) -> shown(phase, captured)
                        .withRefunds(back)
                        .withDisputes(disputed)
                        .withReviewOpen(review));
    }

    @Property
    void whateverAProviderShowsTheCreditStaysBetweenNothingAndAllAndLookingAgainChangesNothing(
            @ForAll("snapshots") PaymentSnapshot shown, @ForAll PurchaseState state) {
        Present present = new Present(state, state.captured() ? ASKED.credits() : BigDecimal.ZERO);
        Verdict once = PurchaseStates.ofProvider(ASKED, present, shown);
        Verdict twice = PurchaseStates.ofProvider(ASKED, new Present(once.state(), once.target()), shown);

        assertThat(once.target()).isBetween(BigDecimal.ZERO, ASKED.credits());
        assertThat(twice.state()).isEqualTo(once.state());
        assertThat(twice.target()).isEqualByComparingTo(once.target());
        assertThat(PurchaseStates.follows(state, once.state())).isTrue();
        if (once.target().compareTo(present.credited()) > 0) {
            assertThat(shown.captured()).isEqualTo(usd(45_000));
        }
    }

    private static PaymentSnapshot shown(Phase phase, long captured) {
        return PaymentSnapshot.of(REF, phase, Mode.LIVE, Optional.of("pur_1"), usd(captured));
    }

    private static Refund refund(String id, RefundStatus status, long minor) {
        return Refund.of(id, status, usd(minor));
    }

    private static Dispute dispute(DisputeStatus status, long minor) {
        return Dispute.of("d", status, usd(minor));
    }

    private static org.bursar.payments.spi.Money usd(long minor) {
        return org.bursar.payments.spi.Money.of("USD", minor);
    }

    private static org.bursar.payments.spi.Money eur(long minor) {
        return org.bursar.payments.spi.Money.of("EUR", minor);
    }
}
