package org.bursar.customers.internal;

/** Something that looks wrong and was done all the same. */
public record Warning(String code, String detail) {
    static final String DUPLICATE_COMPANY = "duplicate_company";
    static final String PERSONAL_EMAIL = "personal_email";
}
