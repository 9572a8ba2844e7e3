package org.bursar.metering.internal;

import java.util.Optional;
import java.util.UUID;
import org.bursar.plans.RatedUsage;

/**
 * A new event with its price.
 *
 * @param posting the key of the ledger entry that it is charged by; empty when nothing is posted
 */
record Counted(Candidate candidate, RatedUsage price, Optional<UUID> posting) {}
