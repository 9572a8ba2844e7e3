package org.bursar.kernel;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** Sets the platform's clock back, so that demo data can be told as it would have happened. */
@ProviderType
public interface ClockOffset {
    /**
     * Sets how far the clock is behind the real time; zero is real time again.
     *
     * @throws IllegalStateException when the platform was not started for a demo (framework property {@code bursar.demo})
     * @throws IllegalArgumentException when it would run ahead
     */
    void set(Duration behind);
}
