package org.bursar.purchases.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.PurchaseId;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.junit.jupiter.api.Test;

class PurchasesCsvTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    @Test
    void aRowShowsThePriceInItsCurrencysDigitsAndTheRestAsInJson() {
        assertThat(PurchasesResource.cells(purchase("PUR-1")))
                .contains("PUR-1", "=pack", "450.00", "USD", "card", "live", PurchaseState.APPROVED)
                .hasSize(13);
    }

    private static Purchase purchase(String number) {
        Instant now = CLOCK.instant();
        return new Purchase(
                PurchaseId.next(CLOCK),
                number,
                CustomerId.next(CLOCK),
                PackageId.next(CLOCK),
                null,
                "=pack",
                new Money("USD", 45_000),
                new BigDecimal("500.000000"),
                "card",
                true,
                false,
                PurchaseState.APPROVED,
                new BigDecimal("500.000000"),
                new Money("USD", 45_000),
                null,
                null,
                new Purchase.Creator("top-ups", null, null),
                null,
                now,
                null,
                now,
                now,
                1);
    }
}
