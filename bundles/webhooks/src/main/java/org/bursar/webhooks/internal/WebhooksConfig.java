package org.bursar.webhooks.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration {@code org.bursar.webhooks}. */
@ObjectClassDefinition(id = "org.bursar.webhooks", name = "Bursar webhooks")
public @interface WebhooksConfig {
    @AttributeDefinition(description = "Seconds that an address has to answer", min = "1", max = "30")
    int patience_seconds() default 10;

    @AttributeDefinition(
            description =
                    "Whether http and addresses of this machine are allowed (BURSAR_WEBHOOKS_LOOPBACK): for tests alone")
    boolean allow_loopback() default false;
}
