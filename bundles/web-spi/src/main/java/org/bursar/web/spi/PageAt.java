package org.bursar.web.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** The properties of a {@link Page}. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PageAt {
    String PREFIX_ = "bursar.web.";

    /** {@code /x/{bundle}/{page}}, in small letters, digits and hyphens. Of two services with one path the higher ranked is shown. */
    String path();

    /** A key of the bundle's own texts: the heading. */
    String title();

    /** The permission that a reader must have. */
    String permission();

    /** {@code console} or {@code dashboard}, or both. */
    String[] hosts() default {"console"};
}
