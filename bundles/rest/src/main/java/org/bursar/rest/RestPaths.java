package org.bursar.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** The top-level paths below {@code /api/v1} that an Application service owns, such as {@code "/wallets"}. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface RestPaths {
    String PREFIX_ = "bursar.rest.";

    String[] paths();

    /**
     * Those of them that are asked around each AI call, as {@code "/holds"} or, for one method alone, as {@code "GET /access"}.
     * They have database connections of their own, so that whatever else is slow does not hold them up.
     */
    String[] usagePaths() default {};
}
