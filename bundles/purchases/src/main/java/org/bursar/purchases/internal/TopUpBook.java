package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.SavedMethodId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.SavedMethodRef;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.TopUpStop;
import org.bursar.purchases.internal.sql.ChargeRow;
import org.bursar.purchases.internal.sql.MethodMapper;
import org.bursar.purchases.internal.sql.MethodRow;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.bursar.purchases.internal.sql.TopUpMapper;
import org.bursar.purchases.internal.sql.TopUpRow;
import org.bursar.webhooks.Announcement;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What follows from payments for saved methods and top-ups. Joins the transaction of its caller, who has locked the purchase; the
 * customer's row is locked after it, here as everywhere.
 */
@Component(service = TopUpBook.class)
public final class TopUpBook {
    private static final int LONGEST_ID = 255;

    private final Audit audit;
    private final PurchaseNews news;
    private final TopUpMails mails;
    private final Clock clock;
    private final TopUpMapper mapper;
    private final MethodMapper methods;

    @Activate
    public TopUpBook(
            @Reference Database database,
            @Reference Audit audit,
            @Reference PurchaseNews news,
            @Reference TopUpMails mails,
            @Reference Clock clock) {
        this.audit = audit;
        this.news = news;
        this.mails = mails;
        this.clock = clock;
        mapper = database.mapper("purchases", TopUpMapper.class);
        methods = database.mapper("purchases", MethodMapper.class);
    }

    TopUpMapper mapper() {
        return mapper;
    }

    MethodMapper methods() {
        return methods;
    }

    /** Keeps the method of a payment whose payer agreed to it. */
    void keep(Scope scope, PurchaseRow purchase, PaymentSnapshot shown) {
        Optional<SavedMethodRef> method = shown.savedMethod();
        if (method.isEmpty()
                || method.get().customerId().length() > LONGEST_ID
                || method.get().methodId().length() > LONGEST_ID
                || !methods.agreed(scope.tenant(), purchase.purchaseId())) {
            return;
        }
        SavedMethodId id = SavedMethodId.next(clock);
        int kept = methods.keep(
                scope.tenant(),
                id,
                purchase.customerId(),
                purchase.gatewayId(),
                purchase.mode(),
                method.get().customerId(),
                method.get().methodId(),
                purchase.purchaseId(),
                clock.instant());
        if (kept > 0) {
            String stored = methods.ofPurchase(scope.tenant(), purchase.purchaseId())
                    .map(row -> row.methodId().toString())
                    .orElse(id.toString());
            audit.record(
                    scope,
                    "saved-method.keep",
                    stored,
                    Optional.of(purchase.customerId()),
                    null,
                    Map.of("gateway", purchase.gatewayId(), "purchase", purchase.shownNumber()));
        }
    }

    /** A gateway refused a charge without the payer: that counts once, however often the refusal is seen. */
    void declined(Scope scope, PurchaseRow purchase, Decline decline) {
        mapper.charged(scope.tenant(), purchase.purchaseId())
                .ifPresent(charge -> refused(scope, charge, decline.code()));
    }

    /** A purchase has another state: where a top-up made it, that says when the next may be, or that there is to be none. */
    void ended(Scope scope, PurchaseRow purchase, PurchaseState state, Optional<Decline> decline) {
        Optional<ChargeRow> found = mapper.charged(scope.tenant(), purchase.purchaseId());
        switch (state) {
            case DISPUTED -> takenBack(scope, purchase, found, TopUpStop.DISPUTED);
            case REFUNDED, PARTIALLY_REFUNDED -> takenBack(scope, purchase, found, TopUpStop.REFUNDED);
            case APPROVED -> found.ifPresent(charge -> captured(scope, charge));
            case DECLINED -> found.ifPresent(charge -> refused(scope, charge, code(decline)));
            case CANCELLED, EXPIRED -> found.ifPresent(charge -> nothing(scope, charge, decline));
            default -> {
                // under way
            }
        }
    }

    private static DeclineCode code(Optional<Decline> decline) {
        return decline.map(Decline::code).orElse(DeclineCode.OTHER);
    }

    private Optional<TopUpRow> lock(Scope scope, ChargeRow charge) {
        return mapper.lock(scope.tenant(), charge.customerId())
                .filter(row -> charge.purchaseId().equals(row.currentPurchase()));
    }

    private void captured(Scope scope, ChargeRow charge) {
        lock(scope, charge)
                .ifPresent(row -> mapper.ended(scope.tenant(), charge.customerId(), 0, null, false, clock.instant()));
    }

    /** Nothing came, and nothing was refused: the gateway could not do it, or the payer did not. */
    private void nothing(Scope scope, ChargeRow charge, Optional<Decline> decline) {
        if (decline.isPresent() && !charge.byPayer()) {
            refused(scope, charge, decline.get().code());
            return;
        }
        Instant now = clock.instant();
        if (charge.declined() == null) {
            lock(scope, charge)
                    .ifPresent(row ->
                            mapper.pause(scope.tenant(), charge.customerId(), now.plus(TopUpRules.AFTER_NOTHING), now));
        }
    }

    /** What the payer was refused on a page is the payer's to see: another card may do. */
    private void refused(Scope scope, ChargeRow charge, DeclineCode code) {
        Optional<TopUpRow> found = lock(scope, charge);
        if (charge.byPayer() || mapper.declined(scope.tenant(), charge.purchaseId(), code.name()) == 0) {
            return;
        }
        Instant now = clock.instant();
        if (code == DeclineCode.METHOD_GONE) {
            methods.gone(scope.tenant(), charge.methodId(), now);
        }
        found.ifPresent(row -> {
            TopUpRules.After after = TopUpRules.declined(row.declines(), code, now);
            mapper.ended(scope.tenant(), row.customerId(), after.declines(), after.nextTryAt(), after.askPayer(), now);
            TopUpStop stop = after.stop();
            if (stop != null) {
                stop(scope, row, stop);
            }
        });
    }

    /** Where the money of a method went back, it is not charged again by itself, as the balance that is low then would ask for. */
    private void takenBack(Scope scope, PurchaseRow purchase, Optional<ChargeRow> charge, TopUpStop why) {
        Optional<SavedMethodId> method = charge.map(ChargeRow::methodId)
                .or(() -> methods.ofPurchase(scope.tenant(), purchase.purchaseId())
                        .map(MethodRow::methodId));
        if (method.isPresent()) {
            mapper.lock(scope.tenant(), purchase.customerId())
                    .filter(row -> method.get().equals(row.methodId()))
                    .ifPresent(row -> stop(scope, row, why));
        }
    }

    /** Turns a top-up off, whose row is locked; tells the tenant's systems and the customer's admin. */
    void stop(Scope scope, TopUpRow row, TopUpStop why) {
        CustomerId customer = row.customerId();
        if (mapper.stop(scope.tenant(), customer, why, clock.instant()) == 0) {
            return;
        }
        String reason = why.name().toLowerCase(Locale.ROOT);
        audit.record(
                scope,
                "top-up.stop",
                customer.toString(),
                Optional.of(customer),
                Map.of("enabled", true),
                Map.of("enabled", false, "stopped", reason));
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("reason", reason);
        news.of(scope, new Announcement("top_up.stopped", Optional.of(customer), data));
        mails.stopped(scope, customer, why);
    }
}
