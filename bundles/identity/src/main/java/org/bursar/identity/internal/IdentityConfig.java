package org.bursar.identity.internal;

import org.bursar.kernel.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code org.bursar.identity}. */
@ObjectClassDefinition(name = "Bursar identity")
public @interface IdentityConfig {
    @Setting(Setting.Kind.WEB_ADDRESS)
    @AttributeDefinition(description = "The address that people use, for links in mails")
    String url() default "http://127.0.0.1:8080";

    @Setting(Setting.Kind.FOLDER)
    @AttributeDefinition(description = "Folder of all state; secrets/first-sign-in in it holds the first link")
    String data() default "";

    @Setting(value = Setting.Kind.EMAIL, needed = true)
    @AttributeDefinition(description = "E-mail address of the platform admin that the first start makes")
    String admin_email() default "";

    @Setting(Setting.Kind.TEXT)
    @AttributeDefinition(
            type = AttributeType.PASSWORD,
            description = "The admin's password; both empty: the first start writes a one-time link")
    String admin_password() default "";

    @AttributeDefinition(description = "Hours without a request after which a session ends", min = "1", max = "720")
    int session_idle_hours() default 12;

    @AttributeDefinition(description = "Days after which a session ends in any case", min = "1", max = "90")
    int session_most_days() default 14;

    @AttributeDefinition(description = "Hours for which the link of a welcome mail can be used", min = "1", max = "720")
    int welcome_hours() default 168;

    @Setting(Setting.Kind.NAMES)
    @AttributeDefinition(
            description = "Capabilities that must be asked about customers' people; while one is away, what it would"
                    + " decide is answered 503: customers (may they come in), plans (how many seats)")
    String[] asks() default {"customers", "plans"};
}
