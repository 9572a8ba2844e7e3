package org.bursar.purchases.internal.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Page;
import org.bursar.purchases.ReceivedWebhook;
import org.bursar.purchases.WebhookInbox;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code inbox:list}: what providers sent. */
@Service
@Command(scope = "inbox", name = "list", description = "Lists the webhooks that came in, newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class InboxListCommand extends TenantCommand {
    @Reference
    private WebhookInbox inbox;

    @Option(name = "--gateway", description = "only this gateway's")
    private @Nullable String gateway;

    @Option(name = "--status", description = "only those in this state, such as rejected")
    private @Nullable String status;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        Page<ReceivedWebhook> page = inbox.list(
                scope(),
                Optional.ofNullable(gateway),
                Optional.ofNullable(status).map(InboxListCommand::state),
                new Page.Request(limit, after));
        Listing rows =
                new Listing("id", "gateway", "status", "type", "event", "receivedAt", "deliveries", "purchase", "note");
        for (ReceivedWebhook webhook : page.items()) {
            rows.row(
                    webhook.id(),
                    webhook.gateway(),
                    webhook.state(),
                    webhook.type(),
                    webhook.eventId(),
                    webhook.receivedAt(),
                    webhook.deliveries(),
                    webhook.purchase(),
                    webhook.note());
        }
        show(rows.next(page.next()));
    }

    private static ReceivedWebhook.State state(String text) {
        try {
            return ReceivedWebhook.State.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            String states = Arrays.toString(ReceivedWebhook.State.values()).toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException("not a state: " + text + "; there are " + states, e);
        }
    }
}
