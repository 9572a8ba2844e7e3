package org.bursar.customers.internal;

import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * A customer as it is stored.
 *
 * @param nameKey the name in lower case, by which the list is sorted
 * @param email the copy of its admin's address that the search looks at
 * @param suspendedBy {@code PERSON} or {@code DUNNING} while it is suspended
 * @param version counts changes; the ETag
 */
public record CustomerRow(
        CustomerId customerId,
        @Nullable CustomerId parentId,
        String name,
        String nameKey,
        String likeness,
        @Nullable String email,
        @Nullable String website,
        @Nullable String phone,
        @Nullable String country,
        @Nullable String line1,
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
        AccountStatus status,
        @Nullable String statusReason,
        @Nullable String suspendedBy,
        @Nullable Instant eraseAfter,
        long version,
        Instant createdAt,
        Instant updatedAt) {}
