package org.bursar.plans;

import org.jspecify.annotations.Nullable;

/** A plan to be created, as it was asked for; {@link Plans#create} checks it. */
public record NewPlan(@Nullable String key, @Nullable String name, NewPlanVersion terms) {}
