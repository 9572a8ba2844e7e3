package org.bursar.chathistory.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of threads, for the OpenAPI document. */
record ThreadPage(List<ThreadJson> items, @Nullable String next) {}
