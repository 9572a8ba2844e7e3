package org.bursar.credits;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;

/**
 * One change of a wallet that is to be made.
 *
 * @param amount added when positive, taken when negative; never zero; at most 6 places
 * @param reference the id of what caused it, such as a purchase's; 1 to 200 characters
 * @param reason in a person's words; 1 to 500 characters
 * @param key the same key posts once in a wallet
 * @param guarded whether it must not take what is available below zero less the overdraft; usage is a fact and is not
 *     guarded
 * @param grant on what terms a positive amount is added. Without any it is {@link Grant#USUAL}; a refund or dispute that
 *     is given back has the terms of the lot with the same reference
 */
public record Posting(
        CustomerId customer,
        BigDecimal amount,
        EntryKind kind,
        Optional<String> reference,
        Optional<String> reason,
        UUID key,
        boolean guarded,
        Optional<Grant> grant) {
    private static final int LONGEST_REFERENCE = 200;

    public Posting {
        if (amount.signum() == 0 || !Decimals.fits(amount, Decimals.AMOUNT_PLACES)) {
            throw new IllegalArgumentException("not an amount that can be posted: " + amount);
        }
        if (!fits(reference, LONGEST_REFERENCE) || !fits(reason, Adjustment.LONGEST_REASON)) {
            throw new IllegalArgumentException("reference or reason is empty or too long");
        }
        if (grant.isPresent() && amount.signum() < 0) {
            throw new IllegalArgumentException("what is taken has no terms of a grant");
        }
    }

    /** A posting that, when it adds, adds on the usual terms. */
    public Posting(
            CustomerId customer,
            BigDecimal amount,
            EntryKind kind,
            Optional<String> reference,
            Optional<String> reason,
            UUID key,
            boolean guarded) {
        this(customer, amount, kind, reference, reason, key, guarded, Optional.empty());
    }

    private static boolean fits(Optional<String> text, int longest) {
        return text.map(value -> !value.isEmpty() && value.codePointCount(0, value.length()) <= longest)
                .orElse(true);
    }
}
