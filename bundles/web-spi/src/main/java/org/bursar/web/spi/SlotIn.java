package org.bursar.web.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** The properties of a {@link Slot}. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface SlotIn {
    String PREFIX_ = "bursar.web.";

    /**
     * {@code home.needs-you}, {@code customer.overview.after}, {@code customer.billing.after}, {@code customer.tab}
     * or {@code dashboard.after}.
     */
    String slot();

    /** The permission without which it is not there. */
    String permission();

    /**
     * For {@code customer.tab} alone: the last step of the tab's address, of small letters, digits and hyphens, at most 60. A tab
     * without it is not there; of two with the same, the one that was registered first is.
     *
     * @since 1.1
     */
    String tab() default "";

    /**
     * For {@code customer.tab} alone: the key of what the tab is called.
     *
     * @since 1.1
     */
    String title() default "";

    /** Among those in a slot: the lowest first. */
    int order() default 100;
}
