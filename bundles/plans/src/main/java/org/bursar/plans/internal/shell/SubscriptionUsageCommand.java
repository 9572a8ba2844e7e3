package org.bursar.plans.internal.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.plans.UsageCycle;
import org.bursar.plans.UsageCycle.MeterUsage;
import org.bursar.shell.Listing;

/** {@code subscription:usage}: what a customer consumed in the present cycle. */
@Service
@Command(scope = "subscription", name = "usage", description = "Shows what a customer consumed in the present cycle")
public final class SubscriptionUsageCommand extends SubscriptionCommand {
    @Override
    protected void run() {
        UsageCycle cycle = subscriptions.usageCycle(scope(), customer());
        Listing rows = new Listing("from", "to", "meter", "unit", "included", "consumed", "overage", "charge");
        for (MeterUsage meter : cycle.meters()) {
            rows.row(
                    cycle.from(),
                    cycle.to(),
                    meter.key(),
                    meter.unit(),
                    meter.included(),
                    meter.consumed(),
                    meter.overage(),
                    meter.charge());
        }
        show(rows);
    }
}
