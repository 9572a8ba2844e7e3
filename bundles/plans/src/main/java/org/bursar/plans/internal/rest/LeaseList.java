package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of leases, for the OpenAPI document. */
@Schema(name = "LeaseList")
record LeaseList(List<LeaseJson> items, @Nullable String next) {}
