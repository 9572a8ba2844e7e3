package org.bursar.plans.internal.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.plans.RateLimit;
import org.bursar.plans.RateLimits;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;

/** {@code rate-limit:list}: what is left of a customer's limits by the minute. */
@Service
@Command(
        scope = "rate-limit",
        name = "list",
        description = "Lists what is left of a customer's limits by the minute; no size is no limit")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class RateLimitListCommand extends TenantCommand {
    @Reference
    private RateLimits limits;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    private String customer;

    @Override
    protected void run() {
        Listing rows = new Listing("limit", "size", "remaining", "replenishedAt");
        for (RateLimit left : limits.of(scope(), customer(customer))) {
            boolean limited = left.size().isPresent();
            rows.row(
                    left.limit(),
                    limited ? left.size().getAsInt() : null,
                    limited ? left.remaining().orElseThrow() : null,
                    left.replenishedAt().orElse(null));
        }
        show(rows);
    }
}
