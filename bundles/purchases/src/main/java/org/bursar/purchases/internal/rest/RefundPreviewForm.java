package org.bursar.purchases.internal.rest;

import org.jspecify.annotations.Nullable;

/** What would be paid back; without an amount all that can be. */
record RefundPreviewForm(@Nullable MoneyForm amount) {
    static final RefundPreviewForm EMPTY = new RefundPreviewForm(null);
}
