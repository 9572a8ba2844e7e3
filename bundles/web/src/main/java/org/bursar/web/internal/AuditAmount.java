package org.bursar.web.internal;

import java.math.BigDecimal;

/**
 * The money of a line of the audit log, as the entry itself tells it. With a sign is by how much the line changed the customer's
 * balance, or what it pays each month; without one what a purchase or a refund is about, whose credit a line of its own moves.
 *
 * @param text as it is shown; an empty text where the line is not about money
 * @param in whether it made the balance higher
 * @param monthly whether it is paid each month
 */
public record AuditAmount(String text, boolean in, boolean monthly) {
    private static final AuditAmount NONE = new AuditAmount("", false, false);

    /**
     * Of an entry.
     *
     * @param unit of the tenant's wallets
     */
    public static AuditAmount of(Facts entry, Show show, String unit) {
        Facts before = entry.at("before");
        Facts after = entry.at("after");
        return switch (entry.text("action")) {
            case "wallet.adjust" -> balance(difference(before, after, "balance"), show, unit);
            case "subscription.renew" -> balance(after.decimal("charged").negate(), show, unit);
            case "usage.reprice" -> balance(after.decimal("difference").negate(), show, unit);
            case "subscription.set-add-on" -> addOn(before.text("monthlyCost"), after.text("monthlyCost"), show);
            case "purchase.create" -> price(after.text("price"), show);
            case "purchase.refund" -> price(after.text("amount"), show);
            default ->
                entry.text("action").startsWith("purchase.") && after.has("credited")
                        ? balance(difference(before, after, "credited"), show, unit)
                        : NONE;
        };
    }

    private static BigDecimal difference(Facts before, Facts after, String name) {
        return after.decimal(name).subtract(before.decimal(name));
    }

    private static AuditAmount balance(BigDecimal change, Show show, String unit) {
        return change.signum() == 0 ? NONE : new AuditAmount(show.change(change, unit), change.signum() > 0, false);
    }

    private static AuditAmount price(String money, Show show) {
        return money.isEmpty() ? NONE : new AuditAmount(show.money(figure(money), currency(money)), false, false);
    }

    /** Less of it is paid, or more; who had none of it paid nothing. */
    private static AuditAmount addOn(String before, String after, Show show) {
        BigDecimal change = figure(after).subtract(figure(before));
        String currency = currency(after.isEmpty() ? before : after);
        return change.signum() == 0 ? NONE : new AuditAmount(show.change(change, currency), false, true);
    }

    /** The figure of {@code 90.00 USD}; zero where there is none. */
    private static BigDecimal figure(String money) {
        try {
            return money.isEmpty() ? BigDecimal.ZERO : new BigDecimal(money.substring(0, space(money)));
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    private static String currency(String money) {
        return money.substring(Math.min(money.length(), space(money) + 1));
    }

    private static int space(String money) {
        int space = money.indexOf(' ');
        return space < 0 ? money.length() : space;
    }
}
