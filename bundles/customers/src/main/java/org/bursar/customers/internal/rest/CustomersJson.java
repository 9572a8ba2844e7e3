package org.bursar.customers.internal.rest;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the customer list.
 *
 * @param total how many there are in all, counted up to 1,000; null where only other capabilities' facts could tell, for a search
 *     of more than one page, and for customers that were named by their ids
 * @param more whether there are more than the total, which ends there
 */
public record CustomersJson(
        @ArraySchema(schema = @Schema(implementation = CustomerJson.class))
        List<?> items,

        @Nullable String next,
        @Nullable Integer total,
        boolean more) {}
