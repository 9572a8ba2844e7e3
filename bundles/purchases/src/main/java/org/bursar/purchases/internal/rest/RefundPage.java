package org.bursar.purchases.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of refunds, for the OpenAPI document. */
record RefundPage(List<RefundJson> items, @Nullable String next) {}
