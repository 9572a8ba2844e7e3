package org.bursar.credits.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bursar.credits.internal.sql.PulseMapper;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Pulse;
import org.bursar.kernel.Scope;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether balances that people look at have changed. The number of the last entry is committed with the balance. */
@Component(service = Pulse.class)
public final class BalancePulse implements Pulse {
    private final Database database;
    private final PulseMapper mapper;

    @Activate
    public BalancePulse(@Reference Database database) {
        this.database = database;
        mapper = database.mapper("credits", PulseMapper.class);
    }

    @Override
    public String about() {
        return "balance";
    }

    @Override
    public String permission() {
        return "wallets:read";
    }

    /** Nobody looks at all balances at once. */
    @Override
    public String ofTenant(Scope scope) {
        return "";
    }

    @Override
    public Map<CustomerId, String> ofCustomers(Scope scope) {
        UUID[] wallets = scope.customers().orElse(Set.of()).stream()
                .map(CustomerId::uuid)
                .toArray(UUID[]::new);
        Map<CustomerId, String> marks = new HashMap<>();
        database.transact(scope, () -> mapper.marks(scope.tenant(), wallets))
                .forEach(mark ->
                        marks.put(mark.customer(), mark.lastSeq() + "/" + mark.held() + "/" + mark.overdraft()));
        return marks;
    }
}
