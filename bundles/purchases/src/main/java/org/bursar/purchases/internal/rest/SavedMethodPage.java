package org.bursar.purchases.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of saved methods, for the OpenAPI document. */
record SavedMethodPage(
        List<SavedMethodJson> items, @Nullable String next) {}
