package org.bursar.chathistory.internal.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.chathistory.ChatThread;
import org.bursar.chathistory.ThreadFilter;
import org.bursar.chathistory.Threads;
import org.bursar.kernel.Page;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code thread:list}: a customer's threads, the latest activity first. What was said is not shown. */
@Service
@Command(scope = "thread", name = "list", description = "Lists the threads of a customer, the latest activity first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class ThreadListCommand extends TenantCommand {
    @Reference
    private Threads threads;

    @Argument(index = 1, name = "customer", description = "the customer's id", required = true)
    private String customer;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Override
    protected void run() {
        Page<ChatThread> page =
                threads.list(scope(), ThreadFilter.of(customer(customer)), new Page.Request(Page.USUAL, after));
        Listing rows = new Listing("id", "agent", "externalId", "status", "messages", "createdAt", "updatedAt");
        for (ChatThread thread : page.items()) {
            rows.row(
                    thread.id(),
                    thread.agent(),
                    thread.externalId().orElse(null),
                    thread.status(),
                    thread.messages(),
                    thread.createdAt(),
                    thread.updatedAt());
        }
        show(rows.next(page.next()));
    }
}
