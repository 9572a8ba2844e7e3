package org.bursar.customers.internal.rest;

import java.util.List;
import org.bursar.kernel.Page;
import org.jspecify.annotations.Nullable;

/**
 * A page of the customer list.
 *
 * @param total how many there are in all, counted up to 10,000; null where only other capabilities' facts could tell
 */
public record CustomersJson(
        List<CustomerJson> items,
        @Nullable String next,
        @Nullable Integer total) {
    static CustomersJson of(Page<CustomerJson> page, @Nullable Integer total) {
        return new CustomersJson(page.items(), page.next(), total);
    }
}
