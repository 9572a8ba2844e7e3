package org.bursar.chathistory.internal.sql;

import org.bursar.kernel.UserId;

/** How much a user has. */
public record UserTotalRow(UserId userId, long threads, long messages) {}
