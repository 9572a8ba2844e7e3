package org.bursar.customers.internal;

import org.jspecify.annotations.Nullable;

/** A postal address as it is sent. */
public record AddressForm(
        @Nullable String line1,
        @Nullable String line2,
        @Nullable String city,
        @Nullable String state,
        @Nullable String postalCode) {
    static final AddressForm EMPTY = new AddressForm(null, null, null, null, null);
}
