package org.bursar.mail.internal.shell;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.kernel.Page;
import org.bursar.kernel.TenantDirectory;
import org.bursar.mail.MailSummary;
import org.bursar.mail.Mails;
import org.jspecify.annotations.Nullable;

/** {@code mail:list}. */
@Service
@Command(scope = "mail", name = "list", description = "Lists a tenant's mails, the latest first, without what they say")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class MailListCommand implements Action {
    @Reference
    private Mails mails;

    @Reference(optional = true)
    private @Nullable TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug, or platform", required = true)
    private String tenant;

    @Option(name = "--limit", description = "how many at once, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        Page<MailSummary> page = mails.list(Operator.scope(tenants, tenant), new Page.Request(limit, after));
        PrintStream out = session.getConsole();
        if (json) {
            out.println(json(page));
            return null;
        }
        ShellTable table = new ShellTable();
        table.column("Mail");
        table.column("Kind");
        table.column("To");
        table.column("Customer");
        table.column("Status");
        table.column("Attempts").alignRight();
        table.column("Created");
        table.column("Last failure");
        for (MailSummary mail : page.items()) {
            table.addRow()
                    .addContent(
                            mail.id(),
                            mail.kind(),
                            Operator.printable(mail.recipient()),
                            mail.customer().map(Object::toString).orElse(""),
                            mail.status().name().toLowerCase(Locale.ROOT),
                            mail.attempts(),
                            mail.createdAt(),
                            mail.failure().orElse(""));
        }
        table.emptyTableText("No mails").print(out);
        if (page.next() != null) {
            out.println("more: --after " + page.next());
        }
        return null;
    }

    static String json(Page<MailSummary> page) {
        String items = page.items().stream().map(MailListCommand::json).collect(Collectors.joining(",\n  "));
        String next = page.next() == null ? "null" : Operator.quoted(page.next());
        return "{\"items\": [" + items + "],\n \"next\": " + next + "}";
    }

    private static String json(MailSummary mail) {
        return "{\"id\": " + Operator.quoted(mail.id())
                + ", \"kind\": " + Operator.quoted(mail.kind())
                + ", \"to\": " + Operator.quoted(mail.recipient())
                + ", \"customer\": " + mail.customer().map(Operator::quoted).orElse("null")
                + ", \"status\": " + Operator.quoted(mail.status().name().toLowerCase(Locale.ROOT))
                + ", \"attempts\": " + mail.attempts()
                + ", \"createdAt\": " + Operator.quoted(mail.createdAt())
                + ", \"sentAt\": " + mail.sentAt().map(Operator::quoted).orElse("null")
                + ", \"failure\": " + mail.failure().map(Operator::quoted).orElse("null") + "}";
    }
}
