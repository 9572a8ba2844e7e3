package org.bursar.rest.internal;

import org.bursar.kernel.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code org.bursar.rest}. */
@ObjectClassDefinition(name = "Bursar HTTP interface")
public @interface RestConfig {
    @Setting(Setting.Kind.WEB_ADDRESS)
    @AttributeDefinition(
            description = "The address that people use; its host is the platform's, beside 127.0.0.1 and localhost")
    String url() default "";

    @Setting(Setting.Kind.NAMES)
    @AttributeDefinition(description = "Capabilities without which the platform is not ready, by bundle name")
    String[] required() default {
        "identity", "tenancy", "customers", "credits", "plans", "metering", "purchases", "chat-history", "reporting"
    };

    @Setting(Setting.Kind.NETWORKS)
    @AttributeDefinition(
            description = "Proxies before the platform, such as 127.0.0.1: X-Forwarded-For counts only from them")
    String[] trusted_proxies() default {};

    @AttributeDefinition(description = "The largest request body in bytes", min = "1024", max = "16777216")
    int body_limit_bytes() default 1_048_576;
}
