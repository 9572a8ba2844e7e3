package org.bursar.customers.internal;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A customer to be created, as it is sent. */
public record NewCustomerForm(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 200) @Nullable
        String companyName,

        @Nullable String website,
        @Nullable String phone,
        @Nullable String country,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        AddressForm address,

        @Nullable String description,
        @Nullable String notes,
        @Nullable ContactForm contact,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        AdminForm admin,

        @Nullable List<@Nullable String> workspaces,
        @Nullable String plan,
        @Nullable String parent) {
    /** The form of a request without a body: each field that must be there is then named. */
    public static final NewCustomerForm EMPTY =
            new NewCustomerForm(null, null, null, null, null, null, null, null, null, null, null, null);

    CustomerForm customer() {
        return new CustomerForm(
                companyName, website, phone, country, address, description, notes, contact, workspaces, parent);
    }
}
