package org.bursar.customers.internal.rest;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bursar.customers.internal.AddressForm;
import org.bursar.customers.internal.ContactForm;
import org.bursar.customers.internal.CustomerRow;
import org.bursar.customers.internal.FoundCustomer;
import org.bursar.customers.internal.Warning;
import org.bursar.identity.UserSummary;
import org.bursar.kernel.Scope;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/**
 * A customer as it is shown, alone and in lists.
 *
 * @param name the same as companyName
 * @param email the admin's
 * @param notes the tenant's own; null for the customer's callers
 * @param warnings only in the answer that creates it
 * @param facts columns of other capabilities: subscriptionStatus, plan, balance, messages, threads and more
 */
@Schema(additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
@JsonPropertyOrder({"id", "name", "status", "subscriptionStatus", "standing"})
public record CustomerJson(
        String id,
        String name,
        String companyName,
        String status,
        String standing,
        @Nullable String statusReason,
        @Nullable String suspendedBy,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String website,
        @Nullable String country,
        AddressForm address,
        @Nullable String description,
        @Nullable String notes,
        ContactForm contact,
        @Nullable AdminJson admin,
        List<String> workspaces,
        @Nullable String parent,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant eraseAfter,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Warning> warnings,
        @JsonAnyGetter @Schema(hidden = true) Map<String, @Nullable Object> facts) {
    private static final Set<String> OWN = Set.of(
            "id",
            "name",
            "companyName",
            "status",
            "standing",
            "statusReason",
            "suspendedBy",
            "email",
            "phone",
            "website",
            "country",
            "address",
            "description",
            "notes",
            "contact",
            "admin",
            "workspaces",
            "parent",
            "createdAt",
            "updatedAt",
            "eraseAfter",
            "warnings");

    static CustomerJson of(Scope scope, FoundCustomer found, @Nullable List<Warning> warnings) {
        CustomerRow row = found.row();
        UserSummary admin = found.admin();
        boolean tenants = scope.customers().isEmpty();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(found.facts());
        facts.keySet().removeAll(OWN);
        return new CustomerJson(
                row.customerId().toString(),
                row.name(),
                row.name(),
                lower(row.status().name()),
                found.standing(),
                row.statusReason(),
                row.suspendedBy() == null ? null : lower(row.suspendedBy()),
                admin == null ? row.email() : admin.email(),
                row.phone(),
                row.website(),
                row.country(),
                new AddressForm(row.line1(), row.line2(), row.city(), row.state(), row.postalCode()),
                row.description(),
                tenants ? row.notes() : null,
                new ContactForm(row.contactName(), row.contactPhone(), row.contactEmail(), row.contactAddress()),
                admin == null ? null : AdminJson.of(admin),
                found.workspaces().stream().map(WorkspaceId::toString).toList(),
                row.parentId() == null ? null : row.parentId().toString(),
                row.createdAt(),
                row.updatedAt(),
                row.eraseAfter(),
                warnings,
                facts);
    }

    private static String lower(String state) {
        return state.toLowerCase(Locale.ROOT);
    }

    /** Who administers the customer's account. */
    public record AdminJson(String id, String name, String email, String role) {
        static AdminJson of(UserSummary admin) {
            return new AdminJson(admin.id().toString(), admin.name(), admin.email(), "customer_admin");
        }
    }
}
