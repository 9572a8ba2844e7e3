package org.bursar.identity;

import org.bursar.kernel.UserId;

/** Who a user is, in a list. */
public record UserSummary(UserId id, String name, String email) {}
