package org.bursar.database.internal;

import org.bursar.kernel.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code org.bursar.database}. */
@ObjectClassDefinition(name = "Bursar database")
public @interface DatabaseConfig {
    @Setting(value = Setting.Kind.POSTGRESQL, needed = true)
    @AttributeDefinition(description = "JDBC URL of PostgreSQL 15 or later; empty: the embedded server")
    String url() default "";

    @Setting(Setting.Kind.TEXT)
    @AttributeDefinition(description = "Role that owns the schemas and migrates them")
    String owner_user() default "";

    @Setting(Setting.Kind.TEXT)
    @AttributeDefinition(type = AttributeType.PASSWORD, description = "Its password")
    String owner_password() default "";

    @Setting(Setting.Kind.TEXT)
    @AttributeDefinition(description = "Role that the application connects as; owns nothing")
    String app_user() default "";

    @Setting(Setting.Kind.TEXT)
    @AttributeDefinition(type = AttributeType.PASSWORD, description = "Its password")
    String app_password() default "";

    @AttributeDefinition(description = "Connections for everything but the usage path", min = "2", max = "200")
    int pool_size() default 12;

    @AttributeDefinition(description = "Connections that the usage path has for itself", min = "2", max = "200")
    int pool_usage_size() default 6;

    @AttributeDefinition(
            description = "Milliseconds that a request waits for a connection before it is answered 503",
            min = "250",
            max = "30000")
    long pool_wait_millis() default 1_000;

    @AttributeDefinition(
            description =
                    "How many may wait for a connection outside of the usage path; further ones are answered 503 at once",
            min = "1",
            max = "1000")
    int pool_waiting() default 16;

    @AttributeDefinition(
            description = "How many may wait for a connection of the usage path; further ones are answered 503 at once",
            min = "1",
            max = "1000")
    int pool_usage_waiting() default 64;

    @AttributeDefinition(
            description = "Milliseconds in which PostgreSQL must answer before it counts as away",
            min = "250",
            max = "60000")
    int watch_deadline_millis() default 1_500;

    @Setting(Setting.Kind.FOLDER)
    @AttributeDefinition(description = "Folder of all state; the key-encryption key is secrets/key in it")
    String data() default "";

    @Setting(value = Setting.Kind.FILE, needed = true)
    @AttributeDefinition(
            description = "File of the key-encryption key, 32 bytes in base 64; empty: secrets/key in the data folder")
    String key_file() default "";
}
