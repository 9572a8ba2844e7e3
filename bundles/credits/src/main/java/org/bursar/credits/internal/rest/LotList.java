package org.bursar.credits.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of lots, for the OpenAPI document. */
record LotList(List<LotJson> items, @Nullable String next) {}
