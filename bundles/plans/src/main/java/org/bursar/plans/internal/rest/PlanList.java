package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of plans, for the OpenAPI document. */
@Schema(name = "PlanList")
record PlanList(List<PlanJson> items, @Nullable String next) {}
