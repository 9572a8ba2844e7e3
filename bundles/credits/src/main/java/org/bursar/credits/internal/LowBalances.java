package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.bursar.credits.internal.sql.LowBalanceMapper;
import org.bursar.credits.internal.sql.LowBalanceMapper.AlertRow;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Below which balance a customer's admin is told. */
@Component(service = LowBalances.class)
public final class LowBalances {
    private final Database database;
    private final Audit audit;
    private final LowBalanceMapper mapper;

    @Activate
    public LowBalances(@Reference Database database, @Reference Audit audit) {
        this.database = database;
        this.audit = audit;
        mapper = database.mapper("credits", LowBalanceMapper.class);
    }

    /** What a customer asked for; empty when it asked for nothing. */
    public Optional<AlertRow> get(Scope scope, CustomerId customer) {
        return database.transact(scope, () -> {
            require(scope, customer);
            return mapper.get(scope.tenant(), customer);
        });
    }

    private void require(Scope scope, CustomerId customer) {
        if (!scope.sees(customer) || !mapper.hasWallet(scope.tenant(), customer)) {
            throw Problems.notFound();
        }
    }

    /** Asks to be told below an amount, or with none not any more. */
    public void set(Scope scope, CustomerId customer, @Nullable BigDecimal below) {
        database.run(scope, () -> {
            require(scope, customer);
            Optional<AlertRow> before = mapper.get(scope.tenant(), customer);
            if (below == null) {
                mapper.remove(scope.tenant(), customer);
            } else {
                mapper.set(scope.tenant(), customer, below);
            }
            audit.record(
                    scope,
                    "balance-alert.update",
                    customer.toString(),
                    Optional.of(customer),
                    before.map(row -> state(row.below())).orElse(null),
                    below == null ? null : state(below));
        });
    }

    private static Map<String, String> state(BigDecimal below) {
        return Map.of("below", Decimals.text(below));
    }
}
