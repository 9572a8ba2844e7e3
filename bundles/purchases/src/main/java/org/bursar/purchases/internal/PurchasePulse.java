package org.bursar.purchases.internal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Pulse;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.internal.sql.PulseMapper;
import org.bursar.purchases.internal.sql.PulseMapper.PurchaseMark;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether purchases that people look at have changed, whoever changed them: a person, a webhook, a look at a provider. */
@Component(service = Pulse.class)
public final class PurchasePulse implements Pulse {
    private static final int LATEST = 20;

    private final Database database;
    private final PulseMapper mapper;

    @Activate
    public PurchasePulse(@Reference Database database) {
        this.database = database;
        mapper = database.mapper("purchases", PulseMapper.class);
    }

    @Override
    public String about() {
        return "purchases";
    }

    @Override
    public String permission() {
        return "purchases:read";
    }

    @Override
    public String ofTenant(Scope scope) {
        return database.transact(scope, () -> mapper.touched(scope.tenant(), LATEST)).stream()
                .map(PurchasePulse::text)
                .collect(Collectors.joining(" "));
    }

    @Override
    public Map<CustomerId, String> ofCustomers(Scope scope) {
        UUID[] customers = scope.customers().orElse(Set.of()).stream()
                .map(CustomerId::uuid)
                .toArray(UUID[]::new);
        Map<CustomerId, String> marks = new HashMap<>();
        database.transact(scope, () -> mapper.newest(scope.tenant(), customers, LATEST)).stream()
                .sorted(Comparator.comparing(PurchaseMark::purchase, Comparator.comparing(PurchaseId::uuid)))
                .forEach(mark -> marks.merge(mark.customer(), text(mark), (former, next) -> former + ' ' + next));
        return marks;
    }

    private static String text(PurchaseMark mark) {
        return mark.purchase().uuid() + "/" + mark.version();
    }
}
