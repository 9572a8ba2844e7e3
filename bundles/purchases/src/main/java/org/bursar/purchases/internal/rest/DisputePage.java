package org.bursar.purchases.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of disputes, for the OpenAPI document. */
record DisputePage(List<DisputeJson> items, @Nullable String next) {}
