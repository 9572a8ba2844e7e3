package org.bursar.identity.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code org.bursar.identity}. */
@ObjectClassDefinition(name = "Bursar identity")
public @interface IdentityConfig {
    @AttributeDefinition(description = "The address that people use, for links in mails")
    String url() default "http://127.0.0.1:8080";

    @AttributeDefinition(description = "Folder of all state; secrets/first-sign-in in it holds the first link")
    String data() default "";

    @AttributeDefinition(description = "E-mail address of the platform admin that the first start makes")
    String admin_email() default "";

    @AttributeDefinition(description = "The admin's password; both empty: the first start writes a one-time link")
    String admin_password() default "";

    @AttributeDefinition(description = "Hours without a request after which a session ends, 1 to 720")
    int session_idle_hours() default 12;

    @AttributeDefinition(description = "Days after which a session ends in any case, 1 to 90")
    int session_most_days() default 14;

    @AttributeDefinition(description = "Hours for which the link of a welcome mail can be used, 1 to 720")
    int welcome_hours() default 168;
}
