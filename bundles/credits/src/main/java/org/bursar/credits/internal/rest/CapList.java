package org.bursar.credits.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of caps, for the OpenAPI document. */
record CapList(List<CapJson> items, @Nullable String next) {}
