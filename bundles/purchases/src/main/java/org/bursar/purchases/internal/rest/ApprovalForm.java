package org.bursar.purchases.internal.rest;

import org.jspecify.annotations.Nullable;

/** An admin found the money. */
record ApprovalForm(@Nullable MoneyForm received, @Nullable String evidence) {
    static final ApprovalForm EMPTY = new ApprovalForm(null, null);
}
