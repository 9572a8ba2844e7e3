package org.bursar.web.internal;

import org.bursar.kernel.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code org.bursar.web}. */
@ObjectClassDefinition(name = "Bursar pages")
public @interface WebConfig {
    @Setting(Setting.Kind.WEB_ADDRESS)
    @AttributeDefinition(
            description =
                    "The address that people use. With https, cookies are sent over https alone and carry the prefix __Host-")
    String url() default "";

    @AttributeDefinition(
            description =
                    "Days that \"keep me signed in\" keeps the cookie; the session itself ends when identity says",
            min = "1",
            max = "365")
    int keep_days() default 14;

    @AttributeDefinition(
            description = "Open pages that one node tells of changes at once; a tenant has a quarter of them. 0: none",
            min = "0",
            max = "20000")
    int live_streams() default 1000;
}
