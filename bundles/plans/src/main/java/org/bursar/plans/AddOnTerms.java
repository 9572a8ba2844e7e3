package org.bursar.plans;

import java.util.Optional;

/**
 * What one of an add-on costs and does. Terms never change themselves: another price is a further version of them.
 *
 * @param number 1, 2, 3 …
 * @param unitPrice of one, each month
 * @param limit the limit that it raises; empty: none
 * @param raisesBy by how much each raises it; zero without a limit
 */
public record AddOnTerms(int number, Price unitPrice, Optional<Limit> limit, int raisesBy) {}
