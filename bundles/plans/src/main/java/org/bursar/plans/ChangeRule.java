package org.bursar.plans;

import java.util.Optional;
import org.bursar.plans.Subscriptions.When;

/**
 * When a change to a plan takes effect, unless whoever asks for it says so.
 *
 * @param upgrade from a plan that costs less, or as much, a month; empty: at once
 * @param downgrade from a plan that costs more; empty: at the cycle's end
 */
public record ChangeRule(Optional<When> upgrade, Optional<When> downgrade) {
    /** What is dearer at once, what is cheaper at the cycle's end. */
    public static final ChangeRule USUAL = new ChangeRule(Optional.empty(), Optional.empty());
}
