package org.bursar.web.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** The properties of a {@link NavigationItem}: {@code bursar.web.label}, {@code bursar.web.href} and so on. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Navigation {
    String PREFIX_ = "bursar.web.";

    /** A key of the bundle's own texts. */
    String label();

    /** Where it leads: a path below {@code /x/}. Others are not shown. */
    String href();

    /** The permission without which it is not shown. */
    String permission();

    /** The name of one of the shipped icons. */
    String icon() default "stack";

    /** Below which heading: empty for none, {@code money} or {@code agency}. */
    String group() default "";

    /** Among those that bundles add to a group: the lowest first. The platform's own come before them. */
    int order() default 100;

    /** {@code console} or {@code dashboard}, or both. */
    String[] hosts() default {"console"};
}
