package org.bursar.web.internal.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On whose host pages are; elsewhere there are none. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface On {
    Side value();

    /** The two sides. */
    enum Side {
        /** The platform's host: agencies and the platform's admins. */
        CONSOLE,
        /** A tenant's host: its customers. */
        PORTAL,
        BOTH
    }
}
