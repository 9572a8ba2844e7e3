package org.bursar.customers.internal.shell;

import java.util.List;
import org.bursar.customers.internal.FoundCustomer;
import org.bursar.shell.Listing;

/** Customers as rows. */
final class CustomerListing {
    private CustomerListing() {}

    static Listing of(List<FoundCustomer> customers) {
        Listing rows = new Listing(
                "id",
                "name",
                "admin",
                "email",
                "phone",
                "status",
                "standing",
                "plan",
                "balance",
                "messages",
                "threads");
        for (FoundCustomer customer : customers) {
            rows.row(
                    customer.row().customerId(),
                    customer.row().name(),
                    customer.admin() == null ? null : customer.admin().name(),
                    customer.admin() == null ? null : customer.admin().email(),
                    customer.row().phone(),
                    customer.row().status(),
                    customer.standing(),
                    customer.facts().get("plan"),
                    customer.facts().get("balance"),
                    customer.facts().get("messages"),
                    customer.facts().get("threads"));
        }
        return rows;
    }
}
