package org.bursar.purchases.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of top-ups, for the OpenAPI document. */
record TopUpPage(List<TopUpJson> items, @Nullable String next) {}
