package org.bursar.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a resource method. A method with neither this nor {@link Anonymous} keeps its whole application from being
 * served: forgetting is safe.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Requires {
    /** The permission, such as {@code customers:read}; {@code *} on the caller's side grants all of its level. */
    String value();

    /** Where the permission is needed. */
    Level level() default Level.TENANT;

    /** Whose permission counts. */
    enum Level {
        /** In the tenant that the key, session or Bursar-Tenant names; without one the answer is 400 tenant_required. */
        TENANT,
        /** On the platform itself: platform admins alone; a tenant that is named plays no part. */
        PLATFORM,
        /** Any signed-in caller, with or without a tenant; the value is not checked. */
        CALLER
    }
}
