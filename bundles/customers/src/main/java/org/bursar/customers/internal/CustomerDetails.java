package org.bursar.customers.internal;

import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/**
 * A customer's particulars, checked: phones in E.164, country in ISO 3166 alpha-2, the postal code in its country's form.
 *
 * @param likeness what two entries for one company have in common
 * @param workspaces each once, in the order sent; whether they exist is checked against tenancy
 */
public record CustomerDetails(
        String name,
        String likeness,
        @Nullable String website,
        @Nullable String phone,
        @Nullable String country,
        String line1,
        @Nullable String line2,
        @Nullable String city,
        @Nullable String state,
        @Nullable String postalCode,
        @Nullable String description,
        @Nullable String notes,
        @Nullable String contactName,
        @Nullable String contactPhone,
        @Nullable String contactEmail,
        @Nullable String contactAddress,
        List<WorkspaceId> workspaces,
        @Nullable CustomerId parentId) {
    public CustomerDetails {
        workspaces = List.copyOf(workspaces);
    }
}
