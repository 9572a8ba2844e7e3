package org.bursar.tenancy.internal;

import org.bursar.kernel.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code org.bursar.tenancy}. */
@ObjectClassDefinition(name = "Bursar tenancy")
public @interface TenancyConfig {
    @Setting(Setting.Kind.WEB_ADDRESS)
    @AttributeDefinition(description = "The address of the platform; its host is no tenant's")
    String url() default "http://127.0.0.1:8080";
}
