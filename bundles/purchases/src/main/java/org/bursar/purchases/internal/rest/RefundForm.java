package org.bursar.purchases.internal.rest;

import java.util.Optional;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Money;
import org.bursar.purchases.internal.PriceCheck;
import org.jspecify.annotations.Nullable;

/** What is to be paid back, and why; without an amount all that can be. */
record RefundForm(@Nullable MoneyForm amount, @Nullable String reason) {
    static final RefundForm EMPTY = new RefundForm(null, null);

    Optional<Money> money() {
        if (amount == null) {
            return Optional.empty();
        }
        Checks checks = new Checks();
        Money money = PriceCheck.money(checks, "/amount", amount.amount(), amount.currency());
        checks.done();
        return Optional.of(money);
    }
}
