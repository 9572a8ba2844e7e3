package org.bursar.metering.internal.shell;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.metering.NewRepricing;
import org.bursar.metering.Repricings;
import org.bursar.plans.RepricedCycle;
import org.bursar.plans.RepricedMeter;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code usage:reprice}: prices a cycle anew. */
@Service
@Command(
        scope = "usage",
        name = "reprice",
        description = "Prices a cycle of a customer anew and posts the difference; a second time it changes nothing")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class UsageRepriceCommand extends TenantCommand {
    @Reference
    private Repricings repricings;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    private String customer;

    @Argument(
            index = 2,
            name = "cycle",
            description = "an instant of the cycle, such as 2026-11-01T00:00:00Z",
            required = true)
    private String cycle;

    @Argument(index = 3, name = "reason", description = "why; the customer can read it", required = true)
    private String reason;

    @Option(name = "--plan", description = "a plan's key; the last that held in the cycle without it")
    private @Nullable String plan;

    @Option(name = "--version", description = "of the plan; its newest without it")
    private @Nullable Integer version;

    @Option(name = "--preview", description = "only show what would change")
    private boolean preview;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        CustomerId id = customer(customer);
        NewRepricing wanted = new NewRepricing(instant(), plan, version, reason);
        RepricedCycle change = repricings.preview(scope(), id, wanted);
        if (preview) {
            Listing rows = new Listing("meter", "resetAt", "quantity", "charged", "newCharge", "difference");
            for (RepricedMeter meter : change.meters()) {
                rows.row(
                        meter.meterKey(),
                        meter.resetAt().orElse(null),
                        meter.quantity(),
                        meter.charged(),
                        meter.charge(),
                        meter.difference());
            }
            show(rows);
            return;
        }
        String question = "charge " + Decimals.text(change.difference()) + " more for the cycle from " + change.from()
                + ", by version " + change.version() + "?";
        if (confirmed(yes, question)) {
            var done = repricings.reprice(scope(), id, wanted);
            show(new Listing("id", "from", "to", "version", "difference")
                    .row(done.id(), done.cycleFrom(), done.cycleTo(), done.planVersion(), done.difference()));
        }
    }

    private Instant instant() {
        try {
            return Instant.parse(cycle);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time such as 2026-11-01T00:00:00Z: " + cycle, e);
        }
    }
}
