package org.bursar.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The top-level paths beside {@code /api/v1} at which an Application serves pages for people, such as {@code "/customers"}; {@code "/"}
 * is the start page alone. It gets a Jersey of its own like a capability's, without anything of the interface's in it: its filters,
 * mappers and writers are those that it brings.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PagePaths {
    String PREFIX_ = "bursar.rest.";

    String[] pages();
}
