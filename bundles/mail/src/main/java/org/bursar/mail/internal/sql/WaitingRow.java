package org.bursar.mail.internal.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent.
 *
 * @param oldest since when; null when nothing does
 */
public record WaitingRow(long waiting, @Nullable Instant oldest) {}
