package org.bursar.purchases;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** The calls that this node makes of gateways: whoever replaces a gateway holds them up meanwhile. */
@ProviderType
public interface GatewayTraffic {
    /**
     * Lets no call of the gateway begin from now on: checkouts are refused, and whatever else is to be asked is asked later.
     * Calls under way go on. It can be told of a gateway that is not there.
     */
    Pause pause(String gateway);

    /** Until it is closed no call begins. */
    interface Pause extends AutoCloseable {
        /**
         * Waits until no call is under way.
         *
         * @return false when some still are after that time
         */
        boolean awaitQuiet(Duration patience) throws InterruptedException;

        /** Lets calls begin again, on threads that no call before the pause has seen. */
        @Override
        void close();
    }
}
