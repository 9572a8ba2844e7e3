package org.bursar.metering.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Typed configuration, PID {@code org.bursar.metering}. */
@ObjectClassDefinition(name = "Bursar metering")
public @interface MeteringConfig {
    /** The same source and id received again so many days later, or earlier, is a duplicate. */
    @AttributeDefinition(min = "1", max = "90")
    int dedupe_days() default 3;

    /** An event that is older is rejected. */
    @AttributeDefinition(min = "1", max = "3650")
    int late_days() default 35;

    /**
     * Single events are dropped so many days after they happened, but never sooner than a month after they could still come in;
     * what they add up to stays. 0: they are kept.
     */
    @AttributeDefinition(min = "0", max = "36500")
    int keep_days() default 0;
}
