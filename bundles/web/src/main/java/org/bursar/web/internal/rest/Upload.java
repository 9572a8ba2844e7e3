package org.bursar.web.internal.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A page's form that comes with one file. A form with more bytes than this is not kept: its sender is shown the page above it again,
 * with {@code refused=too_large} in the address.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Upload {
    /** The name of the field with the file. */
    String file();

    /** The names of the fields with text, besides those that every form has. */
    String[] texts() default {};

    /** How many bytes all of the form has at most. */
    int most();
}
