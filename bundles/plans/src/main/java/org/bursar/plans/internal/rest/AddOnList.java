package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of add-ons, for the OpenAPI document. */
@Schema(name = "AddOnList")
record AddOnList(List<AddOnJson> items, @Nullable String next) {}
