package org.bursar.purchases.internal;

import java.net.URI;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The configuration, read. */
@Component(service = PurchasesSettings.class, configurationPid = "org.bursar.purchases")
@Designate(ocd = PurchasesConfig.class)
public final class PurchasesSettings {
    private volatile Values values;

    private record Values(URI url, Duration patienceForMoney, Duration patienceForCalls) {
        static Values of(PurchasesConfig config) {
            return new Values(
                    URI.create(config.url()),
                    Duration.ofDays(config.deposit_days()),
                    Duration.ofSeconds(config.call_seconds()));
        }
    }

    @Activate
    public PurchasesSettings(PurchasesConfig config) {
        values = Values.of(config);
    }

    PurchasesSettings(URI url, Duration patienceForMoney, Duration patienceForCalls) {
        values = new Values(url, patienceForMoney, patienceForCalls);
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

    /** How long a gateway has. */
    Duration patienceForCalls() {
        return values.patienceForCalls();
    }
}
