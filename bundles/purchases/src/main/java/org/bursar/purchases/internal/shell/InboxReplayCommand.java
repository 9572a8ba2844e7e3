package org.bursar.purchases.internal.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.purchases.ReceivedWebhook;
import org.bursar.purchases.WebhookInbox;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;

/** {@code inbox:replay}: reads a webhook again. */
@Service
@Command(scope = "inbox", name = "replay", description = "Verifies a webhook again, as old as it was when it came")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class InboxReplayCommand extends TenantCommand {
    @Reference
    private WebhookInbox inbox;

    @Argument(index = 1, name = "webhook", description = "its id, which begins with inb_", required = true)
    private String webhook;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        if (confirmed(yes, "Read " + webhook + " again?")) {
            ReceivedWebhook read = inbox.replay(scope(), webhook);
            show(new Listing("id", "gateway", "status", "purchase", "note")
                    .row(read.id(), read.gateway(), read.state(), read.purchase(), read.note()));
        }
    }
}
