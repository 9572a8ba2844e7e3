package org.bursar.plans;

import java.time.Instant;

/**
 * The renewal of a subscription that comes next, or that is not paid yet.
 *
 * @param due when it is, or was, to be paid
 * @param cost what is taken from the wallet for it: plan and add-ons, of a calendar month's rest its part
 */
public record Renewal(Instant due, Price cost) {}
