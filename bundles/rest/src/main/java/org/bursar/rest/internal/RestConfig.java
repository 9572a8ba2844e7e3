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

    @AttributeDefinition(
            description =
                    "Milliseconds between a stop signal and the first refusal, in which readiness already says no:"
                            + " longer than the interval at which the load balancer asks",
            min = "0",
            max = "60000")
    int drain_notice_millis() default 1_000;

    @AttributeDefinition(
            description = "Milliseconds that requests in flight have after that before the platform stops",
            min = "0",
            max = "60000")
    int drain_limit_millis() default 6_000;
}
