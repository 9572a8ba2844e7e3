package org.bursar.identity.internal;

import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.identity.internal.sql.AuditMapper;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A key for each customer, itself sealed under the installation's. Who destroys it makes unreadable what it sealed. */
@Component(service = CustomerKeys.class)
public final class CustomerKeys {
    private static final String PURPOSE = "identity.customer-key";

    private final Secrets secrets;
    private final Clock clock;
    private final AuditMapper mapper;

    @Activate
    public CustomerKeys(@Reference Database database, @Reference Secrets secrets, @Reference Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
        this.mapper = database.mapper("identity", AuditMapper.class);
    }

    /** The customer's key, made if there was none; empty once it was destroyed. Joins the caller's transaction. */
    Optional<byte[]> ensured(TenantId tenant, CustomerId customer) {
        Optional<AuditMapper.KeyRow> row = mapper.key(tenant, customer);
        if (row.isEmpty()) {
            mapper.insertKey(tenant, customer, secrets.seal(tenant, PURPOSE, Sealing.newKey()), clock.instant());
            // read again: another transaction may have been first
            row = mapper.key(tenant, customer);
        }
        return row.flatMap(found -> opened(tenant, found));
    }

    /** The customer's key; empty when there is none, or none any more. */
    Optional<byte[]> existing(TenantId tenant, CustomerId customer) {
        return mapper.key(tenant, customer).flatMap(found -> opened(tenant, found));
    }

    private Optional<byte[]> opened(TenantId tenant, AuditMapper.KeyRow row) {
        return Optional.ofNullable(row.sealed())
                .map(text ->
                        secrets.open(tenant, PURPOSE, Base64.getMimeDecoder().decode(text)));
    }

    /** Makes those who change one customer's users wait for each other, so that a seat is not given twice. */
    void lock(TenantId tenant, CustomerId customer) {
        ensured(tenant, customer);
        mapper.lockKey(tenant, customer);
    }

    void destroy(TenantId tenant, CustomerId customer) {
        mapper.destroyKey(tenant, customer, clock.instant());
    }
}
