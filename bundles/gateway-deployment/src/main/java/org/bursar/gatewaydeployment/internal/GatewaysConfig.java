package org.bursar.gatewaydeployment.internal;

import org.bursar.kernel.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration {@code org.bursar.gateways}. */
@ObjectClassDefinition(id = "org.bursar.gateways", name = "Bursar gateways")
public @interface GatewaysConfig {
    String AUTO = "auto";
    String ASK = "ask";

    @Setting(Setting.Kind.FOLDER)
    @AttributeDefinition(description = "Folder of all state; jars are dropped into gateways in it")
    String data() default "";

    @Setting(Setting.Kind.TEXT)
    @AttributeDefinition(
            description = "Who approves jars (BURSAR_GATEWAYS): ask waits for a person, auto approves each on drop",
            options = {@Option(ASK), @Option(AUTO)})
    String approve() default ASK;

    @AttributeDefinition(description = "Seconds that a gateway has to start", min = "1", max = "60")
    int start_seconds() default 10;

    @AttributeDefinition(
            description = "Seconds that calls under way have before their gateway is replaced",
            min = "0",
            max = "60")
    int drain_seconds() default 30;
}
