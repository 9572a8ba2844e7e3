package org.bursar.customers.internal;

import org.bursar.kernel.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration {@code org.bursar.customers}. Lists may be given with commas. */
@ObjectClassDefinition(id = "org.bursar.customers", name = "Bursar customers")
public @interface CustomersConfig {
    @Setting(Setting.Kind.NAMES)
    @AttributeDefinition(description = "Parts that must be there before a customer is created or erased")
    String[] parts() default {"credits", "plans"};

    @Setting(Setting.Kind.NAMES)
    @AttributeDefinition(description = "Access rules that must be there; while one is missing nobody is served")
    String[] rules() default {"account", "subscription", "balance"};

    @AttributeDefinition(description = "Days between deletion and erasure", min = "0", max = "3650")
    int grace_days() default 30;
}
