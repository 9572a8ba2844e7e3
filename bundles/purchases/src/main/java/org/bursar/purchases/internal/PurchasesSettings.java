package org.bursar.purchases.internal;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The configuration, read. */
@Component(service = PurchasesSettings.class, configurationPid = "org.bursar.purchases")
@Designate(ocd = PurchasesConfig.class)
public final class PurchasesSettings {
    private volatile Values values;

    private record Values(URI url, Duration patienceForMoney, Duration patienceForCalls, Map<String, URI> apis) {
        static Values of(PurchasesConfig config) {
            return new Values(
                    URI.create(config.url()),
                    Duration.ofDays(config.deposit_days()),
                    Duration.ofSeconds(config.call_seconds()),
                    PurchasesSettings.apis(config.gateway_apis()));
        }
    }

    @Activate
    public PurchasesSettings(PurchasesConfig config) {
        values = Values.of(config);
    }

    PurchasesSettings(URI url, Duration patienceForMoney, Duration patienceForCalls) {
        this(url, patienceForMoney, patienceForCalls, Map.of());
    }

    PurchasesSettings(URI url, Duration patienceForMoney, Duration patienceForCalls, Map<String, URI> apis) {
        values = new Values(url, patienceForMoney, patienceForCalls, apis);
    }

    /**
     * Reads what the operator says. What cannot be read is refused and not left out: a gateway that is to speak to a proxy must
     * not speak to the provider instead.
     */
    static Map<String, URI> apis(String[] written) {
        Map<String, URI> apis = new HashMap<>();
        for (String entry : written) {
            int equals = entry.indexOf('=');
            URI address =
                    URI.create(equals < 0 ? "" : entry.substring(equals + 1).strip());
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (!web || address.getHost() == null) {
                throw new IllegalArgumentException(
                        "gateway.apis takes a gateway's id, = and an http or https address, not: " + entry);
            }
            apis.put(entry.substring(0, equals).strip(), address);
        }
        return Map.copyOf(apis);
    }

    /** Takes another configuration. */
    @Modified
    void configure(PurchasesConfig config) {
        values = Values.of(config);
    }

    /** A page of the platform's own. */
    URI page(String path) {
        return values.url().resolve(path);
    }

    /** How long a deposit is awaited. */
    Duration patienceForMoney() {
        return values.patienceForMoney();
    }

    /** Where a gateway finds its provider's API; empty: at its usual place. */
    Optional<URI> apiBase(String gateway) {
        return Optional.ofNullable(values.apis().get(gateway));
    }

    /** How long a gateway has. */
    Duration patienceForCalls() {
        return values.patienceForCalls();
    }
}
