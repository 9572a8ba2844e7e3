package org.bursar.mail.internal.sql;

import java.time.Instant;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MailId;
import org.bursar.mail.MailStatus;
import org.jspecify.annotations.Nullable;

/** A mail as it is stored. */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record MailRow(
        MailId mailId,
        @Nullable CustomerId customerId,
        String kind,
        byte[] recipient,
        byte @Nullable [] subject,
        byte @Nullable [] body,
        MailStatus status,
        int attempts,
        @Nullable String failure,
        Instant createdAt,
        @Nullable Instant sentAt) {}
