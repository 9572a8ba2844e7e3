package org.bursar.mail.internal;

import org.bursar.kernel.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code org.bursar.mail}. */
@ObjectClassDefinition(name = "Bursar mail")
public @interface MailConfig {
    @Setting(value = Setting.Kind.MAIL_SERVER, needed = true)
    @AttributeDefinition(
            type = AttributeType.PASSWORD,
            description = "Mail server: smtp[s]://user:password@host:port; empty: mails are kept and can be read")
    String smtp_url() default "";

    @Setting(Setting.Kind.EMAIL)
    @AttributeDefinition(
            description =
                    "Address that mails come from, where a tenant has none of its own; empty: no-reply at the host"
                            + " of url")
    String sender_address() default "";

    @Setting(Setting.Kind.TEXT)
    @AttributeDefinition(description = "Name that the platform's own mails come from")
    String sender_name() default "Bursar";

    @Setting(Setting.Kind.WEB_ADDRESS)
    @AttributeDefinition(description = "The address that people use")
    String url() default "";
}
