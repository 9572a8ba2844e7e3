package org.bursar.plans.internal;

import org.bursar.kernel.PlanId;

/** Names one version of one plan. */
record VersionKey(PlanId plan, int number) {}
