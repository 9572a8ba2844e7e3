package org.bursar.purchases.internal.rest;

import org.jspecify.annotations.Nullable;

/** Why a purchase ends. */
record ReasonForm(@Nullable String reason) {
    static final ReasonForm EMPTY = new ReasonForm(null);
}
