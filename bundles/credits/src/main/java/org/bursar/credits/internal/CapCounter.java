package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.credits.Spending;
import org.bursar.database.Database;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.tenancy.Tenants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Counts under caps what usage has cost: one statement to read them, and one to write where there are any. */
@Component(service = Spending.class)
public final class CapCounter implements Spending {
    private final Database database;
    private final TenantClocks clocks;
    private final CapBook caps;

    @Activate
    public CapCounter(@Reference Database database, @Reference TenantClocks clocks, @Reference Tenants tenants) {
        this.database = database;
        this.clocks = clocks;
        caps = new CapBook(database, tenants);
    }

    @Override
    public void count(Scope scope, List<Spent> spent) {
        if (spent.isEmpty()) {
            return;
        }
        database.run(scope, () -> {
            Instant now = clocks.of(scope.tenant()).instant();
            OpenCaps open = caps.open(
                    scope,
                    spent.stream()
                            .map(each -> new Spender(each.customer(), each.user()))
                            .toList(),
                    now);
            spent.forEach(each -> open.move(new Spender(each.customer(), each.user()), BigDecimal.ZERO, each.amount()));
            caps.write(scope, open);
        });
    }
}
