package org.bursar.payments.tck;

import java.net.URI;
import java.util.Map;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.ManualDecision;

/**
 * A provider as the author of a gateway imitates it: an HTTP server on loopback with a memory. The TCK stands between gateway
 * and stub with a proxy of its own, which loses answers, delays them and makes errors; so a stub only has to behave.
 *
 * <p>Each case gets a new stub and closes it. Implement what the provider does about idempotency keys truly: the same key with
 * the same request answers with the same object. What the provider cannot do at all throws
 * {@link UnsupportedOperationException} with a sentence, which the report shows as the reason why a part was left out.
 */
public interface ProviderStub extends AutoCloseable {
    /** The base of the provider's API, as {@code GatewayContext.apiBase()} would name it: {@code http://127.0.0.1:…}. */
    URI api();

    /**
     * An account at the provider with credentials of its own. The TCK asks for a few names; the same name and mode are the
     * same account. Objects of one account are invisible to the credentials of another.
     */
    StubAccount account(String name, Mode mode);

    /** Whether this request of the gateway's is the one that makes a checkout; usually any but a GET does. */
    default boolean createsCheckout(String method, String path) {
        return !method.equals("GET");
    }

    /**
     * The provider's own form of an error. The usual ones are plain: override where the gateway decides by more than the
     * status, such as by the type of an idempotency error.
     */
    default StubAnswer answer(Fault fault) {
        return StubAnswer.usual(fault);
    }

    @Override
    void close();

    /**
     * No provider at all, for a gateway that is a {@link ManualDecision}.
     *
     * @param one the settings of one tenant
     * @param other the settings of another tenant: they differ in what the payer reads
     */
    static ProviderStub none(Map<String, String> one, Map<String, String> other) {
        return new NoProvider(one, other);
    }

    /** What the TCK's proxy answers in the provider's place. */
    enum Fault {
        /** The provider failed within itself: 500. */
        ERROR,
        /** The idempotency key was used with other parameters before. */
        KEY_CONFLICT,
        /** 429; the TCK adds {@code Retry-After}. */
        RATE_LIMITED,
        /** The credentials are wrong: 401. */
        UNAUTHORIZED
    }
}
