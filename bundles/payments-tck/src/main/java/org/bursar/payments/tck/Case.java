package org.bursar.payments.tck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One of the 43 cases. None takes more than two minutes, however the gateway behaves; the hundred starts of 41 may take ten. */
@Test
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Case {
    /** Its number. */
    int value();
}
