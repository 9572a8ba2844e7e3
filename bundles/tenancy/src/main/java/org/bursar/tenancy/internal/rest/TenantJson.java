package org.bursar.tenancy.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.bursar.tenancy.Tenant;
import org.jspecify.annotations.Nullable;

/** A tenant. */
@Schema(name = "Tenant")
public record TenantJson(
        String id,
        String slug,
        String name,

        @Schema(allowableValues = {"agency", "reseller", "direct"})
        String kind,

        String unit,
        String timeZone,
        Instant createdAt,

        @Schema(description = "It has a clock of its own and takes no real money; this never changes")
        boolean sandbox) {
    static TenantJson of(Tenant tenant) {
        return new TenantJson(
                tenant.id().toString(),
                tenant.slug(),
                tenant.name(),
                tenant.kind(),
                tenant.unit(),
                tenant.timeZone().getId(),
                tenant.createdAt(),
                tenant.sandbox());
    }

    /** A page of them, for the OpenAPI document. */
    @Schema(name = "TenantList")
    public record Listed(List<TenantJson> items, @Nullable String next) {}
}
