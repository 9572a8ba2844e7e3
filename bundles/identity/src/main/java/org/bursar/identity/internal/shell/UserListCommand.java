package org.bursar.identity.internal.shell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.identity.internal.UserAccounts;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.jspecify.annotations.Nullable;

/** {@code user:list}: the users of a tenant's customers, its staff, or the platform's users. */
@Service
@Command(scope = "user", name = "list", description = "Lists a tenant's users, the newest first")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class UserListCommand implements Action {
    private static final JsonMapper JSON = new JsonMapper();

    @Reference
    private UserAccounts accounts;

    @Reference
    private TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug, or platform", required = true)
    private String tenant;

    @Option(name = "--customer", description = "only this customer's, by its id")
    private @Nullable String customer;

    @Option(name = "--staff", description = "the tenant's staff instead of its customers' users")
    private boolean staff;

    @Option(name = "--limit", description = "how many, 1 to 200")
    private int limit = Page.USUAL;

    @Option(name = "--after", description = "the next of the page before")
    private @Nullable String after;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        try {
            Scope scope = Operator.scope(tenants, tenant);
            Page<UserRow> page = accounts.list(
                    scope,
                    Optional.ofNullable(customer).map(CustomerId::fromString),
                    staff,
                    new Page.Request(limit, after));
            show(page);
            return null;
        } catch (ProblemException e) {
            throw new IllegalArgumentException(e.problem().detail(), e);
        }
    }

    private void show(Page<UserRow> page) {
        PrintStream out = session.getConsole();
        if (json) {
            ObjectNode node = JSON.createObjectNode();
            ArrayNode items = node.putArray("items");
            for (UserRow user : page.items()) {
                items.addObject()
                        .put("id", user.userId().toString())
                        .put("email", user.email())
                        .put("name", user.name())
                        .put("role", lower(user.role()))
                        .put("access", lower(user.access()))
                        .put("status", lower(user.status()))
                        .put(
                                "customer",
                                user.customerId() == null
                                        ? null
                                        : user.customerId().toString());
            }
            out.println(node.put("next", page.next()));
            return;
        }
        ShellTable table = new ShellTable();
        for (String column :
                new String[] {"Id", "E-mail", "Name", "Role", "Access", "Status", "Customer", "Last seen"}) {
            table.column(column);
        }
        for (UserRow user : page.items()) {
            table.addRow()
                    .addContent(
                            user.userId(),
                            user.email(),
                            user.name(),
                            lower(user.role()),
                            lower(user.access()),
                            lower(user.status()),
                            user.customerId() == null ? "" : user.customerId(),
                            user.lastSeenAt() == null ? "" : user.lastSeenAt());
        }
        table.print(out);
        if (page.next() != null) {
            out.println("more: --after " + page.next());
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
