package org.bursar.credits.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of holds, for the OpenAPI document. */
record HoldList(List<HoldJson> items, @Nullable String next) {}
