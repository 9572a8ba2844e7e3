package org.bursar.tenancy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.bursar.kernel.TenantId;

/**
 * An agency, reseller or direct seller.
 *
 * @param slug unique, part of its host name
 * @param kind {@code agency}, {@code reseller} or {@code direct}
 * @param unit what its wallets count: an ISO 4217 currency or the tenant's own credit, such as {@code credits}
 * @param timeZone in which its billing cycles begin and end
 * @param version counts changes; the ETag
 * @param sandbox whether it has a clock of its own and takes no real money; this never changes
 * @param suspension empty while the tenant is active
 */
public record Tenant(
        TenantId id,
        String slug,
        String name,
        String kind,
        String unit,
        ZoneId timeZone,
        Instant createdAt,
        long version,
        boolean sandbox,
        Optional<Suspension> suspension) {
    /**
     * That the platform's admin has stopped a tenant for the time being.
     *
     * @param since by the wall's clock
     * @param reason for people; at most 500 characters
     */
    public record Suspension(Instant since, Optional<String> reason) {}

    /** An ordinary one. */
    public Tenant(
            TenantId id,
            String slug,
            String name,
            String kind,
            String unit,
            ZoneId timeZone,
            Instant createdAt,
            long version) {
        this(id, slug, name, kind, unit, timeZone, createdAt, version, false, Optional.empty());
    }
}
