package org.bursar.webhooks.internal.shell;

import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Page;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.bursar.webhooks.DeliveryStatus;
import org.bursar.webhooks.WebhookDelivery;
import org.bursar.webhooks.WebhookEndpoint;
import org.bursar.webhooks.Webhooks;
import org.jspecify.annotations.Nullable;

/** {@code webhook:list}: what goes out. */
@Service
@Command(
        scope = "webhook",
        name = "list",
        description = "Lists what was sent to a tenant's addresses, or the addresses")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class WebhookListCommand extends TenantCommand {
    @Reference
    private Webhooks webhooks;

    @Option(name = "--endpoints", description = "the addresses, and not what was sent")
    private boolean endpoints;

    @Option(name = "--status", description = "queued, sent or failed")
    private @Nullable String status;

    @Option(name = "--limit", description = "how many, at most 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "where the next page begins")
    private @Nullable String after;

    @Override
    protected void run() {
        Page.Request request = new Page.Request(limit, after);
        if (endpoints) {
            Page<WebhookEndpoint> page = webhooks.list(scope(), request);
            Listing rows = new Listing("id", "url", "events", "status", "failingSince", "reason");
            page.items()
                    .forEach(endpoint -> rows.row(
                            endpoint.id(),
                            endpoint.url(),
                            String.join(" ", endpoint.events()),
                            endpoint.status(),
                            endpoint.failingSince(),
                            endpoint.reason()));
            show(rows.next(page.next()));
            return;
        }
        Page<WebhookDelivery> page = webhooks.deliveries(
                scope(), Optional.empty(), Optional.ofNullable(status).map(this::read), request);
        Listing rows = new Listing(
                "id",
                "endpoint",
                "event",
                "type",
                "status",
                "attempts",
                "answer",
                "failure",
                "nextAttemptAt",
                "createdAt");
        page.items()
                .forEach(delivery -> rows.row(
                        delivery.id(),
                        delivery.endpoint(),
                        delivery.event(),
                        delivery.type(),
                        delivery.status(),
                        delivery.attempts(),
                        delivery.answer(),
                        delivery.failure(),
                        delivery.nextAttemptAt(),
                        delivery.createdAt()));
        show(rows.next(page.next()));
    }

    private DeliveryStatus read(String text) {
        try {
            return DeliveryStatus.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--status is queued, sent or failed, not " + text, e);
        }
    }
}
