package org.bursar.plans;

import java.math.BigDecimal;

/**
 * What a cycle costs. It is taken from the wallet, so it is counted in the wallet's unit.
 *
 * @param amount zero or more; at most 6 places, and no more than the currency has
 * @param currency the unit of the tenant's wallets: an ISO 4217 currency or the tenant's own credit
 */
public record Price(BigDecimal amount, String currency) {}
