package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of meters, for the OpenAPI document. */
@Schema(name = "MeterList")
record MeterList(List<MeterJson> items, @Nullable String next) {}
