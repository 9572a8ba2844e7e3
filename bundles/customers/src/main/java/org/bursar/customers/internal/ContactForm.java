package org.bursar.customers.internal;

import org.jspecify.annotations.Nullable;

/** The primary contact as it is sent; its address is free text, for instance where it differs from the company's. */
public record ContactForm(
        @Nullable String name,
        @Nullable String phone,
        @Nullable String email,
        @Nullable String address) {
    static final ContactForm EMPTY = new ContactForm(null, null, null, null);
}
