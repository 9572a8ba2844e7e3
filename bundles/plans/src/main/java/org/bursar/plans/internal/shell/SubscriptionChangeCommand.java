package org.bursar.plans.internal.shell;

import java.io.IOException;
import java.util.OptionalLong;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.plans.PlanPreview;
import org.bursar.plans.Subscriptions.When;
import org.bursar.shell.Listing;
import org.jspecify.annotations.Nullable;

/** {@code subscription:change}: gives a customer a plan, or shows what that would cost. */
@Service
@Command(scope = "subscription", name = "change", description = "Gives a customer a plan, or changes it")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class SubscriptionChangeCommand extends SubscriptionCommand {
    @Argument(index = 2, name = "plan", description = "its key or id", required = true)
    private String plan;

    @Option(name = "--when", description = "now or cycle_end; without it as the plan says")
    private @Nullable String when;

    @Option(name = "--preview", description = "only show what it would do and cost")
    private boolean preview;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        When asked = asked();
        if (preview) {
            showPreview(subscriptions.preview(scope(), customer(), plan, asked));
            return;
        }
        if (confirmed(yes, "Give " + customer() + " the plan " + plan + "?")) {
            show(subscriptions.choose(scope(), customer(), plan, asked, OptionalLong.empty()));
        }
    }

    private @Nullable When asked() {
        if (when == null) {
            return null;
        }
        return switch (when) {
            case "now" -> When.NOW;
            case "cycle_end" -> When.CYCLE_END;
            default -> throw new IllegalArgumentException("now or cycle_end, not " + when);
        };
    }

    private void showPreview(PlanPreview change) {
        show(new Listing(
                        "plan",
                        "version",
                        "effectiveAt",
                        "credited",
                        "charged",
                        "covered",
                        "renewsAt",
                        "nextRenewal",
                        "monthly",
                        "currency")
                .row(
                        change.planKey(),
                        change.planVersion(),
                        change.effectiveAt(),
                        change.credited().amount(),
                        change.charged().amount(),
                        change.covered(),
                        change.renewsAt(),
                        change.nextRenewal().amount(),
                        change.monthlyRecurringCost().amount(),
                        change.nextRenewal().currency()));
    }
}
