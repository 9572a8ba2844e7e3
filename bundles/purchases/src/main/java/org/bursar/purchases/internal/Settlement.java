package org.bursar.purchases.internal;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Ledger;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Money;
import org.bursar.kernel.Problems;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TypeId;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.PurchaseStates.Asked;
import org.bursar.purchases.internal.PurchaseStates.Present;
import org.bursar.purchases.internal.PurchaseStates.Verdict;
import org.bursar.purchases.internal.sql.FactRow;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Stores facts and what follows from them. Everything here runs in the transaction of the caller, who has locked the purchase:
 * the purchase first, the wallet after it, always in this order.
 */
@Component(service = Settlement.class)
public final class Settlement {
    /** How long after its expiry a checkout may still show that it was paid. */
    private static final Duration PROVIDERS_ARE_LATE = Duration.ofDays(1);

    /** Phases after which nobody pays in the same checkout. */
    private static final Set<Phase> FINAL = EnumSet.of(Phase.CAPTURED, Phase.FAILED, Phase.CANCELLED, Phase.EXPIRED);

    private final Ledger ledger;
    private final Audit audit;
    private final Aftermath aftermath;
    private final Clock clock;
    private final PurchaseMapper mapper;

    @Activate
    public Settlement(
            @Reference Database database,
            @Reference Ledger ledger,
            @Reference Audit audit,
            @Reference Aftermath aftermath,
            @Reference Clock clock) {
        this.ledger = ledger;
        this.audit = audit;
        this.aftermath = aftermath;
        this.clock = clock;
        mapper = database.mapper("purchases", PurchaseMapper.class);
    }

    /** What follows. */
    Aftermath aftermath() {
        return aftermath;
    }

    PurchaseRow lock(Scope scope, PurchaseId id) {
        return mapper.lock(scope.tenant(), id).orElseThrow(Problems::notFound);
    }

    /** Adds a fact. Its time is later than that of every fact before it, whatever the clocks of several nodes say. */
    void add(Scope scope, PurchaseRow purchase, FactKind kind, @Nullable Money money, @Nullable String note) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant at = mapper.facts(scope.tenant(), purchase.purchaseId()).stream()
                .map(FactRow::recordedAt)
                .max(Instant::compareTo)
                .filter(last -> !now.isAfter(last))
                .map(last -> last.plus(1, ChronoUnit.MICROS))
                .orElse(now);
        mapper.insertFact(
                scope.tenant(),
                purchase.purchaseId(),
                TypeId.next(clock),
                purchase.customerId(),
                kind,
                money == null ? null : money.minor(),
                money == null ? null : money.currency(),
                note,
                scope.actor(),
                at);
    }

    /**
     * Derives the state from the stored facts and posts the credit that is missing.
     *
     * @return the state that it has then
     */
    PurchaseState settle(Scope scope, PurchaseRow purchase) {
        return settle(scope, purchase, Optional.empty());
    }

    /** The same, where a provider has said why it did nothing. */
    PurchaseState settle(Scope scope, PurchaseRow purchase, Optional<Decline> refusal) {
        List<Fact> facts = mapper.facts(scope.tenant(), purchase.purchaseId()).stream()
                .map(row -> new Fact(row.kind(), row.recordedAt()))
                .toList();
        long refunded = Math.max(purchase.refundedMinor(), aftermath.refundedByPeople(scope, purchase));
        Verdict verdict = PurchaseStates.ofPeople(asked(purchase), facts, refunded);
        if (purchase.state().captured() && !verdict.state().captured()) {
            // what a provider proved is not undone by what people do
            return purchase.state();
        }
        boolean received = verdict.state().captured();
        Long minor = received ? Long.valueOf(purchase.priceMinor()) : purchase.receivedMinor();
        apply(scope, purchase, verdict, minor, refunded, purchase.appliedTicket(), false, false, refusal);
        return verdict.state();
    }

    /** Derives the state from what the provider shows and posts the credit that is missing, or takes back what went back. */
    void settle(Scope scope, PurchaseRow purchase, PaymentSnapshot shown, long ticket) {
        Verdict verdict =
                PurchaseStates.ofProvider(asked(purchase), new Present(purchase.state(), purchase.credited()), shown);
        boolean counts = verdict.state().captured() && verdict.alert() == null;
        Long minor = counts ? Long.valueOf(shown.captured().minor()) : purchase.receivedMinor();
        long refunded = counts ? PurchaseStates.refunded(shown) : purchase.refundedMinor();
        // something was hinted at, or somebody else began to look, after this was asked for
        boolean overtaken = purchase.ticket() > ticket;
        boolean again = mayBeTriedAgain(purchase, shown);
        apply(scope, purchase, verdict, minor, refunded, ticket, again, overtaken, shown.lastDecline());
        if (counts) {
            aftermath.shown(scope, purchase, shown);
        }
    }

    /**
     * Whether the payer may still pay in the same checkout after a decline. A provider that never says that a checkout is over is
     * asked until it must be.
     */
    private boolean mayBeTriedAgain(PurchaseRow purchase, PaymentSnapshot shown) {
        Instant expiry = purchase.expiresAt();
        return !FINAL.contains(shown.phase())
                && expiry != null
                && clock.instant().isBefore(expiry.plus(PROVIDERS_ARE_LATE));
    }

    static Asked asked(PurchaseRow purchase) {
        return new Asked(
                purchase.purchaseId().toString(),
                purchase.price(),
                purchase.credits(),
                purchase.mode(),
                purchase.period());
    }

    private void apply(
            Scope scope,
            PurchaseRow purchase,
            Verdict verdict,
            @Nullable Long received,
            long refunded,
            long ticket,
            boolean mayBeTriedAgain,
            boolean overtaken,
            Optional<Decline> decline) {
        Instant now = clock.instant();
        BigDecimal missing = verdict.target().subtract(purchase.credited());
        int step = purchase.creditStep();
        if (missing.signum() != 0) {
            post(scope, purchase, verdict, missing);
            step++;
        }
        PurchaseState state = verdict.state();
        boolean open = overtaken
                || state == PurchaseState.CREATED
                || !purchase.manual()
                        && (state == PurchaseState.AWAITING_PAYMENT
                                || state == PurchaseState.UNDER_REVIEW
                                || state == PurchaseState.DECLINED && mayBeTriedAgain);
        Instant approvedAt = purchase.approvedAt() == null && state.captured() ? now : purchase.approvedAt();
        mapper.settle(
                scope.tenant(),
                purchase.purchaseId(),
                state,
                verdict.target(),
                step,
                received,
                refunded,
                verdict.alert(),
                open,
                approvedAt,
                ticket,
                now);
        if (state != purchase.state() || missing.signum() != 0) {
            audit.record(
                    scope,
                    "purchase." + state.name().toLowerCase(Locale.ROOT),
                    purchase.purchaseId().toString(),
                    Optional.of(purchase.customerId()),
                    shown(purchase.state(), purchase.credited(), purchase.alert()),
                    shown(state, verdict.target(), verdict.alert()));
            aftermath.changed(scope, purchase, state, verdict.target(), decline);
        }
    }

    private static Map<String, Object> shown(PurchaseState state, BigDecimal credited, @Nullable String alert) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("status", state);
        shown.put("credited", credited);
        if (alert != null) {
            shown.put("alert", alert);
        }
        return shown;
    }

    private void post(Scope scope, PurchaseRow purchase, Verdict verdict, BigDecimal missing) {
        Posting posting = new Posting(
                purchase.customerId(),
                missing,
                kind(purchase, verdict, missing),
                Optional.of(purchase.purchaseId().toString()),
                Optional.of(purchase.title()),
                key(purchase),
                false);
        PostResult result = ledger.post(scope, List.of(posting)).get(0);
        if (!(result instanceof PostResult.Posted)) {
            throw new IllegalStateException(
                    "the credit of " + purchase.purchaseId() + " could not be posted: " + result);
        }
    }

    private static EntryKind kind(PurchaseRow purchase, Verdict verdict, BigDecimal missing) {
        if (purchase.creditStep() == 0) {
            return EntryKind.PURCHASE;
        }
        PurchaseState cause = missing.signum() < 0 ? verdict.state() : purchase.state();
        return cause == PurchaseState.DISPUTED ? EntryKind.DISPUTE : EntryKind.REFUND;
    }

    /** One key for each step of a purchase: a step that was posted already is not posted again. */
    private static UUID key(PurchaseRow purchase) {
        String step = "purchase " + purchase.purchaseId() + " step " + purchase.creditStep();
        return UUID.nameUUIDFromBytes(step.getBytes(StandardCharsets.US_ASCII));
    }
}
