package org.bursar.purchases.internal;

import java.math.BigDecimal;
import java.util.Optional;
import org.bursar.kernel.RefundId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What follows once a purchase's state is settled, in the same transaction, under the purchase's lock. */
@Component(service = Aftermath.class)
public final class Aftermath {
    private final RefundBook refunds;
    private final PurchaseNews news;
    private final TopUpBook topUps;

    @Activate
    public Aftermath(@Reference RefundBook refunds, @Reference PurchaseNews news, @Reference TopUpBook topUps) {
        this.refunds = refunds;
        this.news = news;
        this.topUps = topUps;
    }

    /** What went back, where people decide. */
    long refundedByPeople(Scope scope, PurchaseRow purchase) {
        return purchase.manual() && purchase.state().captured() ? refunds.succeeded(scope, purchase) : 0;
    }

    /** A provider showed a payment that fits the purchase. */
    void shown(Scope scope, PurchaseRow purchase, PaymentSnapshot shown) {
        topUps.keep(scope, purchase, shown);
        RefundBook.News changed = refunds.follow(scope, purchase, shown);
        changed.refunds().forEach(refund -> news.refund(scope, purchase, refund));
        changed.disputes().forEach(dispute -> news.dispute(scope, purchase, dispute));
    }

    /** Whether anybody is told that a purchase was made. */
    boolean toldOfNew(Scope scope) {
        return news.wanted(scope, PurchaseState.CREATED);
    }

    /** A purchase was made. */
    void opened(Scope scope, PurchaseRow purchase) {
        news.state(scope, purchase, purchase.state(), purchase.credited());
    }

    /** State or credit are not what they were. */
    void changed(Scope scope, PurchaseRow before, PurchaseState state, BigDecimal credited, Optional<Decline> decline) {
        news.state(scope, before, state, credited);
        topUps.ended(scope, before, state, decline);
    }

    /** A charge without the payer was refused. */
    void declined(Scope scope, PurchaseRow purchase, Decline decline) {
        topUps.declined(scope, purchase, decline);
    }

    /** Somebody asked for a refund, or what became of it is known. */
    void refund(Scope scope, PurchaseRow purchase, RefundId id) {
        refunds.mapper().find(scope.tenant(), id).ifPresent(refund -> news.refund(scope, purchase, refund));
    }
}
