package org.bursar.credits.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of seals, for the OpenAPI document. */
record SealList(List<SealJson> items, @Nullable String next) {}
