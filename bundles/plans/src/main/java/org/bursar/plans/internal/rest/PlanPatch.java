package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What of a plan can be patched; its terms change by a new version. */
@Schema(name = "PlanPatch")
record PlanPatch(@Nullable String name) {}
