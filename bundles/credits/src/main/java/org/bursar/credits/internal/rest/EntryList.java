package org.bursar.credits.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of ledger entries, for the OpenAPI document. */
record EntryList(List<EntryJson> items, @Nullable String next) {}
