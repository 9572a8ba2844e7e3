package org.bursar.mail.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code org.bursar.mail}. */
@ObjectClassDefinition(name = "Bursar mail")
public @interface MailConfig {
    @AttributeDefinition(
            type = AttributeType.PASSWORD,
            description = "Mail server: smtp[s]://user:password@host:port; empty: mails are kept and can be read")
    String smtp_url() default "";

    @AttributeDefinition(
            description =
                    "Address that mails come from, where a tenant has none of its own; empty: no-reply at the host"
                            + " of url")
    String sender_address() default "";

    @AttributeDefinition(description = "Name that the platform's own mails come from")
    String sender_name() default "Bursar";

    @AttributeDefinition(description = "The address that people use")
    String url() default "";
}
