package org.bursar.mail.internal.shell;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.bursar.kernel.MailId;
import org.bursar.kernel.TenantDirectory;
import org.bursar.mail.MailText;
import org.bursar.mail.Mails;
import org.jspecify.annotations.Nullable;

/** {@code mail:show}. */
@Service
@Command(scope = "mail", name = "show", description = "Shows a mail in full; who reads it is recorded")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class MailShowCommand implements Action {
    @Reference
    private Mails mails;

    @Reference(optional = true)
    private @Nullable TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug, or platform", required = true)
    private String tenant;

    @Argument(index = 1, name = "mail", description = "the mail's id", required = true)
    private String mail;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        MailText text = mails.read(Operator.scope(tenants, tenant), MailId.fromString(mail));
        PrintStream out = session.getConsole();
        if (json) {
            out.println("{\"id\": " + Operator.quoted(text.summary().id())
                    + ", \"to\": " + Operator.quoted(text.to())
                    + ", \"subject\": " + Operator.quoted(text.subject())
                    + ", \"text\": " + Operator.quoted(text.text()) + "}");
            return null;
        }
        out.println("To: " + Operator.printable(text.to()));
        out.println("Date: " + text.summary().createdAt());
        if (text.text().isEmpty()) {
            out.println("\nThe text has been removed: the mail was done with more than 30 days ago.");
            return null;
        }
        out.println("Subject: " + Operator.printable(text.subject()));
        out.println();
        text.text().lines().forEach(line -> out.println(Operator.printable(line)));
        return null;
    }
}
