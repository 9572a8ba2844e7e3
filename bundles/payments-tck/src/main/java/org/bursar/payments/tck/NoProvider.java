package org.bursar.payments.tck;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.Money;

/** What stands for the provider of a gateway that has none. */
record NoProvider(Map<String, String> one, Map<String, String> other) implements ProviderStub {
    @Override
    public URI api() {
        throw none();
    }

    @Override
    public StubAccount account(String name, Mode mode) {
        return new NoAccount(name.equals(TckBench.OTHER) ? other : one);
    }

    @Override
    public void close() {}

    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("there is no provider");
    }

    private record NoAccount(Map<String, String> settings) implements StubAccount {
        @Override
        public int checkouts() {
            throw none();
        }

        @Override
        public Money asked(String purchaseId) {
            throw none();
        }

        @Override
        public void pay(String purchaseId, Money amount) {
            throw none();
        }

        @Override
        public void happens(String purchaseId, Event event) {
            throw none();
        }

        @Override
        public int payments(String purchaseId) {
            throw none();
        }

        @Override
        public Optional<StubWebhooks> webhooks() {
            return Optional.empty();
        }
    }
}
