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
}
