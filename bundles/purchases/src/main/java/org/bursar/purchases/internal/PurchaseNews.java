package org.bursar.purchases.internal;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.kernel.Money;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.bursar.purchases.internal.sql.RefundRow;
import org.bursar.webhooks.Announcement;
import org.bursar.webhooks.Announcements;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a tenant's systems are told of purchases, in the transaction that changes them. */
@Component(service = PurchaseNews.class)
public final class PurchaseNews {
    private final Announcements announcements;

    @Activate
    public PurchaseNews(@Reference Announcements announcements) {
        this.announcements = announcements;
    }

    /** Whether anybody is told of purchases that come into this state. */
    boolean wanted(Scope scope, PurchaseState state) {
        return announcements.wanted(scope, type(state));
    }

    private static String type(PurchaseState state) {
        return "purchase." + state.name().toLowerCase(Locale.ROOT);
    }

    /** A purchase has a state, and so much credit was given for it so far. */
    void state(Scope scope, PurchaseRow purchase, PurchaseState state, BigDecimal credited) {
        Map<String, @Nullable Object> data = about(purchase);
        data.put("status", state);
        data.put("credits", purchase.credits());
        data.put("credited", credited);
        data.put("gateway", purchase.gatewayId());
        data.put("mode", purchase.mode() == Mode.LIVE ? "live" : "test");
        tell(scope, purchase, type(state), data);
    }

    void refund(Scope scope, PurchaseRow purchase, RefundRow refund) {
        Map<String, @Nullable Object> data = about(purchase);
        Money amount = new Money(refund.currency(), refund.amountMinor());
        data.put("refund", refund.refundId());
        data.put("status", refund.status());
        data.put("amount", amount.amount().toPlainString());
        data.put("byProvider", !refund.ours());
        tell(scope, purchase, "refund.updated", data);
    }

    void dispute(Scope scope, PurchaseRow purchase, PaymentSnapshot.Dispute dispute) {
        Map<String, @Nullable Object> data = about(purchase);
        data.put("dispute", dispute.id());
        data.put("status", RefundBook.status(dispute));
        data.put("amount", dispute.amount().amount().toPlainString());
        tell(scope, purchase, "dispute.updated", data);
    }

    private static Map<String, @Nullable Object> about(PurchaseRow purchase) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("purchase", purchase.purchaseId());
        data.put("number", purchase.shownNumber());
        data.put("price", purchase.price().amount().toPlainString());
        data.put("currency", purchase.priceCurrency());
        return data;
    }

    private void tell(Scope scope, PurchaseRow purchase, String type, Map<String, @Nullable Object> data) {
        announcements.put(scope, new Announcement(type, Optional.of(purchase.customerId()), data));
    }

    /** Something of a customer's that is no purchase. */
    void of(Scope scope, Announcement announcement) {
        announcements.put(scope, announcement);
    }
}
