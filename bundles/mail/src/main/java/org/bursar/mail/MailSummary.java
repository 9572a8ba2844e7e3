package org.bursar.mail;

import java.time.Instant;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MailId;

/**
 * A mail as a list shows it.
 *
 * @param recipient masked: {@code m***@harborlight.example}
 * @param attempts how often sending began
 * @param failure why the last attempt failed, without anything that the mail or its recipient says
 */
public record MailSummary(
        MailId id,
        String kind,
        Optional<CustomerId> customer,
        String recipient,
        MailStatus status,
        int attempts,
        Instant createdAt,
        Optional<Instant> sentAt,
        Optional<String> failure) {}
