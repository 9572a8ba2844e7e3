package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of versions, for the OpenAPI document. */
@Schema(name = "PlanVersionList")
record VersionList(List<VersionJson> items, @Nullable String next) {}
