package org.bursar.payments.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Facet: the provider can list what changed, which makes up for webhooks that were lost. */
@ConsumerType
public interface ChangeFeed {
    /**
     * Payments that changed since the cursor.
     *
     * @param cursor of the call before; empty: the last 24 hours
     * @param limit the most references to answer with, 1 to 1,000
     * @return the next page; its cursor is stored and given again, also when the page is empty
     * @throws GatewayException when the page could not be read; the same cursor is asked again later
     */
    Changes changes(GatewayContext context, Optional<String> cursor, int limit) throws GatewayException;

    /** One page of changes. */
    final class Changes {
        private final List<PaymentRef> refs;
        private final String nextCursor;

        private Changes(List<PaymentRef> refs, String nextCursor) {
            this.refs = List.copyOf(refs);
            this.nextCursor = Objects.requireNonNull(nextCursor, "nextCursor");
        }

        /**
         * A page.
         *
         * @param nextCursor opaque to the platform, at most 500 characters; where the next call goes on
         */
        public static Changes of(List<PaymentRef> refs, String nextCursor) {
            return new Changes(refs, nextCursor);
        }

        /** Payments to look at, oldest change first. */
        public List<PaymentRef> refs() {
            return refs;
        }

        /** Where the next call goes on. */
        public String nextCursor() {
            return nextCursor;
        }
    }
}
