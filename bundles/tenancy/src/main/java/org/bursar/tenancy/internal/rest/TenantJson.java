package org.bursar.tenancy.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.Tenant.Suspension;
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
        boolean sandbox,

        @Schema(
                description = "Whether the platform's admin has stopped it for the time being",
                allowableValues = {"active", "suspended"})
        String status,

        @Nullable Instant suspendedAt,

        @Schema(description = "Why it is suspended, for people") @Nullable
        String statusReason) {
    static TenantJson of(Tenant tenant) {
        return new TenantJson(
                tenant.id().toString(),
                tenant.slug(),
                tenant.name(),
                tenant.kind(),
                tenant.unit(),
                tenant.timeZone().getId(),
                tenant.createdAt(),
                tenant.sandbox(),
                tenant.suspension().isPresent() ? "suspended" : "active",
                tenant.suspension().map(Suspension::since).orElse(null),
                tenant.suspension().flatMap(Suspension::reason).orElse(null));
    }

    /** A page of them, for the OpenAPI document. */
    @Schema(name = "TenantList")
    public record Listed(List<TenantJson> items, @Nullable String next) {}
}
