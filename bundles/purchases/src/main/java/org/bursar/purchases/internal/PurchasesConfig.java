package org.bursar.purchases.internal;

import org.bursar.kernel.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration {@code org.bursar.purchases}. */
@ObjectClassDefinition(id = "org.bursar.purchases", name = "Bursar purchases")
public @interface PurchasesConfig {
    @Setting(Setting.Kind.WEB_ADDRESS)
    @AttributeDefinition(description = "Address that people use (BURSAR_URL): where payers come back to")
    String url() default "http://127.0.0.1:8080";

    @AttributeDefinition(description = "Days that a deposit is awaited", min = "1", max = "365")
    int deposit_days() default 14;

    @AttributeDefinition(description = "Seconds that a gateway has to start a checkout", min = "1", max = "60")
    int call_seconds() default 10;

    @Setting(Setting.Kind.TEXT)
    @AttributeDefinition(
            description =
                    "Where gateways find their provider's API when it is not at its usual place, such as an egress proxy: the"
                            + " gateway's id, an equals sign and the address, as in stripe=https://egress.example/stripe")
    String[] gateway_apis() default {};
}
