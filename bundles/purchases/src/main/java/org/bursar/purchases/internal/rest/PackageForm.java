package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.bursar.purchases.CreditPackage;
import org.bursar.purchases.PackageDraft;
import org.jspecify.annotations.Nullable;

/** A package as somebody sends it. */
record PackageForm(
        @Nullable String name,
        @Nullable MoneyForm price,

        @Schema(types = "string", example = "500.00") @Nullable
        BigDecimal credits,

        @Nullable Boolean active) {
    static final PackageForm EMPTY = new PackageForm(null, null, null, null);

    static PackageForm of(CreditPackage value) {
        return new PackageForm(value.name(), MoneyForm.of(value.price()), value.credits(), value.active());
    }

    PackageDraft draft() {
        MoneyForm money = price == null ? MoneyForm.EMPTY : price;
        return new PackageDraft(name, money.amount(), money.currency(), credits, active);
    }
}
