package org.bursar.purchases.internal;

import static org.bursar.purchases.PurchaseState.APPROVED;
import static org.bursar.purchases.PurchaseState.AWAITING_PAYMENT;
import static org.bursar.purchases.PurchaseState.CANCELLED;
import static org.bursar.purchases.PurchaseState.CREATED;
import static org.bursar.purchases.PurchaseState.DECLINED;
import static org.bursar.purchases.PurchaseState.DISPUTED;
import static org.bursar.purchases.PurchaseState.EXPIRED;
import static org.bursar.purchases.PurchaseState.PARTIALLY_REFUNDED;
import static org.bursar.purchases.PurchaseState.REFUNDED;
import static org.bursar.purchases.PurchaseState.UNDER_REVIEW;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Money;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Dispute;
import org.bursar.payments.spi.PaymentSnapshot.Refund;
import org.bursar.purchases.PurchaseState;
import org.jspecify.annotations.Nullable;

/**
 * A purchase's state and the credit that it is worth, as functions of the facts: no clock, no database, no order of arrival.
 * Nothing else in this bundle decides a state.
 */
final class PurchaseStates {
    /** States that may follow; the four after a capture may follow any, since a provider's facts prove them. */
    private static final Map<PurchaseState, Set<PurchaseState>> FOLLOWS = new EnumMap<>(Map.of(
            CREATED, Set.of(AWAITING_PAYMENT, UNDER_REVIEW, DECLINED, CANCELLED),
            AWAITING_PAYMENT, Set.of(UNDER_REVIEW, DECLINED, CANCELLED, EXPIRED),
            UNDER_REVIEW, Set.of(DECLINED, AWAITING_PAYMENT, CANCELLED),
            DECLINED, Set.of(AWAITING_PAYMENT, UNDER_REVIEW, CANCELLED),
            CANCELLED, Set.of(UNDER_REVIEW),
            EXPIRED, Set.of(UNDER_REVIEW),
            APPROVED, Set.of(),
            PARTIALLY_REFUNDED, Set.of(),
            REFUNDED, Set.of(),
            DISPUTED, Set.of()));

    private PurchaseStates() {}

    /**
     * What was asked for.
     *
     * @param period whether it is a later period of a subscription, found in the provider's own list of that: its payment names no
     *     purchase
     */
    record Asked(String purchaseId, Money price, BigDecimal credits, Mode mode, boolean period) {}

    /** What is stored at present. */
    record Present(PurchaseState state, BigDecimal credited) {}

    /**
     * What is to be.
     *
     * @param target the credit that the wallet is to have got in all
     * @param alert what an admin should look at; null: nothing
     */
    record Verdict(
            PurchaseState state,
            BigDecimal target,
            @Nullable String alert) {}

    /** Whether a state may become another; the same is no change and always may. */
    static boolean follows(PurchaseState from, PurchaseState to) {
        return from == to
                || to.captured()
                || Objects.requireNonNull(FOLLOWS.get(from)).contains(to);
    }

    /**
     * From what people did. The facts are taken in the order of their times, whatever order they were stored in, and one that
     * may not follow changes nothing.
     */
    static Verdict ofPeople(Asked asked, Collection<Fact> facts) {
        return ofPeople(asked, facts, 0);
    }

    /**
     * From what people did.
     *
     * @param refunded what was paid back by hand, in the currency's minor units
     */
    static Verdict ofPeople(Asked asked, Collection<Fact> facts, long refunded) {
        PurchaseState state = CREATED;
        for (Fact fact : new TreeSet<>(facts)) {
            PurchaseState next = fact.kind().state();
            state = follows(state, next) ? next : state;
        }
        if (state != APPROVED) {
            return new Verdict(state, BigDecimal.ZERO, null);
        }
        return new Verdict(afterRefunds(refunded, asked), worth(asked, refunded, 0), null);
    }

    private static PurchaseState afterRefunds(long refunded, Asked asked) {
        if (refunded == 0) {
            return APPROVED;
        }
        return refunded >= asked.price().minor() ? REFUNDED : PARTIALLY_REFUNDED;
    }

    /** The credit that a captured purchase is worth once so much of its price went back or was taken. */
    static BigDecimal worth(Asked asked, long refunded, long disputed) {
        long price = asked.price().minor();
        return share(
                asked.credits(), Math.max(0, price - Math.min(price, refunded) - Math.min(price, disputed)), price);
    }

    /** From what the provider shows. What does not fit is never credited by itself; what is unknown changes nothing. */
    static Verdict ofProvider(Asked asked, Present present, PaymentSnapshot shown) {
        if (shown.phase() == PaymentSnapshot.Phase.UNKNOWN) {
            return unchanged(present, "the provider shows a status that the gateway does not know");
        }
        String misfit = misfit(asked, shown);
        if (misfit != null) {
            return present.credited().signum() == 0 && follows(present.state(), UNDER_REVIEW)
                    ? new Verdict(UNDER_REVIEW, BigDecimal.ZERO, misfit)
                    : unchanged(present, misfit);
        }
        boolean captured = shown.captured().minor() > 0;
        if (captured && shown.reviewOpen() && present.credited().signum() == 0) {
            return present.state().captured()
                    ? unchanged(present, "the provider reviews a payment that was settled")
                    : new Verdict(UNDER_REVIEW, BigDecimal.ZERO, null);
        }
        if (captured) {
            return ofCaptured(asked, shown);
        }
        PurchaseState next = ofOpen(present.state(), shown);
        return follows(present.state(), next)
                ? new Verdict(next, BigDecimal.ZERO, null)
                : unchanged(present, "the provider shows " + shown.phase() + " after " + present.state());
    }

    private static Verdict unchanged(Present present, String alert) {
        return new Verdict(present.state(), present.credited(), alert);
    }

    private static @Nullable String misfit(Asked asked, PaymentSnapshot shown) {
        if (shown.mode() != asked.mode()) {
            return "the payment is of mode " + shown.mode() + ", the purchase of mode " + asked.mode();
        }
        if (shown.purchaseId().isPresent() && !shown.purchaseId().get().equals(asked.purchaseId())) {
            return "the payment names another purchase";
        }
        if (shown.captured().minor() == 0) {
            return shown.phase() == PaymentSnapshot.Phase.CAPTURED ? "captured without an amount" : null;
        }
        if (shown.purchaseId().isEmpty() && !asked.period()) {
            return "the payment names no purchase";
        }
        boolean fits = shown.captured().minor() == asked.price().minor()
                && shown.captured().currency().equals(asked.price().currency());
        return fits ? foreign(asked, shown) : "captured " + shown.captured() + ", asked for " + asked.price();
    }

    /** What went back or was taken in another currency says nothing about how much of the price is left. */
    private static @Nullable String foreign(Asked asked, PaymentSnapshot shown) {
        return Stream.concat(
                        shown.refunds().stream()
                                .filter(refund -> refund.status() == PaymentSnapshot.RefundStatus.SUCCEEDED)
                                .map(Refund::amount),
                        shown.disputes().stream()
                                .filter(PurchaseStates::tookMoney)
                                .map(Dispute::amount))
                .filter(amount -> !amount.currency().equals(asked.price().currency()))
                .findFirst()
                .map(amount -> amount + " went back, the price is " + asked.price())
                .orElse(null);
    }

    private static Verdict ofCaptured(Asked asked, PaymentSnapshot shown) {
        long refunded = refunded(shown);
        long disputed = shown.disputes().stream()
                .filter(PurchaseStates::tookMoney)
                .mapToLong(dispute -> dispute.amount().minor())
                .reduce(0, PurchaseStates::saturated);
        boolean taken = shown.disputes().stream().anyMatch(PurchaseStates::tookMoney);
        PurchaseState state = taken ? DISPUTED : afterRefunds(refunded, asked);
        return new Verdict(state, worth(asked, refunded, disputed), null);
    }

    /** What went back for good, in the currency's minor units. */
    static long refunded(PaymentSnapshot shown) {
        return shown.refunds().stream()
                .filter(refund -> refund.status() == PaymentSnapshot.RefundStatus.SUCCEEDED)
                .map(Refund::amount)
                .mapToLong(org.bursar.payments.spi.Money::minor)
                .reduce(0, PurchaseStates::saturated);
    }

    private static long saturated(long sum, long more) {
        return sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
    }

    private static boolean tookMoney(Dispute dispute) {
        return dispute.status() == PaymentSnapshot.DisputeStatus.OPEN
                || dispute.status() == PaymentSnapshot.DisputeStatus.LOST;
    }

    /** The part of the credits that the kept money pays for: half even, 6 places. */
    private static BigDecimal share(BigDecimal credits, long kept, long price) {
        return kept == price
                ? credits
                : credits.multiply(BigDecimal.valueOf(kept))
                        .divide(BigDecimal.valueOf(price), Decimals.AMOUNT_PLACES, RoundingMode.HALF_EVEN);
    }

    private static PurchaseState ofOpen(PurchaseState present, PaymentSnapshot shown) {
        return switch (shown.phase()) {
            case OPEN -> shown.lastDecline().isPresent() ? DECLINED : AWAITING_PAYMENT;
            case PROCESSING, HELD_FOR_REVIEW, AUTHORIZED -> UNDER_REVIEW;
            case FAILED -> DECLINED;
            // that a checkout is over tells less than that its payment was declined
            case EXPIRED -> present == DECLINED ? DECLINED : EXPIRED;
            case CANCELLED -> CANCELLED;
            // a phase of a later version of the SPI tells nothing here
            default -> present;
        };
    }
}
