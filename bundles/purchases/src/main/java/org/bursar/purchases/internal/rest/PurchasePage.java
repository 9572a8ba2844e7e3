package org.bursar.purchases.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of purchases, for the OpenAPI document. */
record PurchasePage(List<PurchaseJson> items, @Nullable String next) {}
