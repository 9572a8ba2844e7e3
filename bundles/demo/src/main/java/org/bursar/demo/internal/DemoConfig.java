package org.bursar.demo.internal;

import org.bursar.kernel.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code org.bursar.demo}. */
@ObjectClassDefinition(name = "Bursar demo data")
public @interface DemoConfig {
    @Setting(Setting.Kind.EMAIL)
    @AttributeDefinition(description = "E-mail of the platform admin who creates the demo's agencies")
    String admin_email() default "";

    @Setting(Setting.Kind.TEXT)
    @AttributeDefinition(
            type = AttributeType.PASSWORD,
            description = "The admin's password; every demo account gets it too")
    String admin_password() default "";

    @Setting(Setting.Kind.FOLDER)
    @AttributeDefinition(description = "Folder of all state; demo-loaded in it says that the data is complete")
    String data() default "";
}
