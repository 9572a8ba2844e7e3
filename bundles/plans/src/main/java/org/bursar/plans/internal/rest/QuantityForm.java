package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How many of an add-on a customer is to have. */
@Schema(name = "AddOnQuantity", requiredProperties = "quantity")
record QuantityForm(
        @Schema(type = "string", example = "10", description = "a whole number; 0 takes it away") @Nullable
        BigDecimal quantity) {}
