package org.bursar.customers.internal;

import java.util.List;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** What of a customer can be edited, as it is sent. */
public record CustomerForm(
        @Nullable String companyName,
        @Nullable String website,
        @Nullable String phone,
        @Nullable String country,
        @Nullable AddressForm address,
        @Nullable String description,
        @Nullable String notes,
        @Nullable ContactForm contact,
        @Nullable List<@Nullable String> workspaces,
        @Nullable String parent) {

    /** The form that would be sent to get the present state. */
    static CustomerForm of(CustomerRow row, List<WorkspaceId> workspaces) {
        return new CustomerForm(
                row.name(),
                row.website(),
                row.phone(),
                row.country(),
                new AddressForm(row.line1(), row.line2(), row.city(), row.state(), row.postalCode()),
                row.description(),
                row.notes(),
                new ContactForm(row.contactName(), row.contactPhone(), row.contactEmail(), row.contactAddress()),
                workspaces.stream().map(WorkspaceId::toString).toList(),
                row.parentId() == null ? null : row.parentId().toString());
    }

    CustomerForm withWorkspaces(@Nullable List<@Nullable String> others) {
        return new CustomerForm(
                companyName, website, phone, country, address, description, notes, contact, others, parent);
    }
}
