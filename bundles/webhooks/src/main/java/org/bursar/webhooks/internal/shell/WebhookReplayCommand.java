package org.bursar.webhooks.internal.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.bursar.webhooks.WebhookDelivery;
import org.bursar.webhooks.Webhooks;

/** {@code webhook:replay}: sends a delivery again. */
@Service
@Command(scope = "webhook", name = "replay", description = "Sends a delivery again, at once")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class WebhookReplayCommand extends TenantCommand {
    @Reference
    private Webhooks webhooks;

    @Argument(index = 1, name = "delivery", description = "the delivery's id", required = true)
    private String delivery;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        WebhookDeliveryId id = read();
        WebhookDelivery found = webhooks.delivery(scope(), id);
        if (confirmed(yes, "Send " + found.type() + " to " + found.endpoint() + " again?")) {
            WebhookDelivery queued = webhooks.replay(scope(), id);
            show(new Listing("id", "type", "status").row(queued.id(), queued.type(), queued.status()));
        }
    }

    private WebhookDeliveryId read() {
        try {
            return WebhookDeliveryId.fromString(delivery);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a delivery's id, which begins with whd_: " + delivery, e);
        }
    }
}
