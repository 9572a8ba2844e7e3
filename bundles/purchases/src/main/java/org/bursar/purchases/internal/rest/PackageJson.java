package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.bursar.kernel.PackageId;
import org.bursar.purchases.CreditPackage;

/** A package as JSON. */
record PackageJson(
        @Schema(types = "string") PackageId id,
        String name,
        MoneyJson price,
        @Schema(types = "string", example = "500.00") BigDecimal credits,
        boolean active,
        Instant createdAt,
        Instant updatedAt) {
    static PackageJson of(CreditPackage value) {
        return new PackageJson(
                value.id(),
                value.name(),
                MoneyJson.of(value.price()),
                value.credits(),
                value.active(),
                value.createdAt(),
                value.updatedAt());
    }
}
