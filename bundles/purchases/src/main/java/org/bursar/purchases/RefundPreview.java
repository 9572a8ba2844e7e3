package org.bursar.purchases;

import java.math.BigDecimal;
import org.bursar.kernel.Money;

/**
 * What a refund would do, before it is asked for.
 *
 * @param refundable the most that can be paid back now
 * @param amount what would be
 * @param credited the credit that the wallet got for the purchase and still counts
 * @param left what is left of that credit
 * @param spent what the customer has used of it already, or what has expired
 * @param taken the credit that the refund takes away
 * @param takenFromLot how much of it from what is left of this purchase's credit; the rest comes out of whatever else there is
 * @param balance the wallet's balance before
 * @param balanceAfter and after; below zero: the customer would owe it
 * @param possible whether the payment's provider, or a person where people decide, can pay it back now
 */
public record RefundPreview(
        Money refundable,
        Money amount,
        BigDecimal credited,
        BigDecimal left,
        BigDecimal spent,
        BigDecimal taken,
        BigDecimal takenFromLot,
        BigDecimal balance,
        BigDecimal balanceAfter,
        boolean possible) {}
