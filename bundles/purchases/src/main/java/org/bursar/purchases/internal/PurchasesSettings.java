package org.bursar.purchases.internal;

import java.net.URI;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** The configuration, read. A value that does not fit is replaced by the usual one's nearest bound. */
@Component(service = PurchasesSettings.class, configurationPid = "org.bursar.purchases")
@Designate(ocd = PurchasesConfig.class)
public final class PurchasesSettings {
    private static final int MOST_DAYS = 365;
    private static final int MOST_SECONDS = 60;

    private final URI url;
    private final Duration patienceForMoney;
    private final Duration patienceForCalls;

    @Activate
    public PurchasesSettings(PurchasesConfig config) {
        this(
                URI.create(config.url().isBlank() ? "http://127.0.0.1:8080" : config.url()),
                Duration.ofDays(Math.max(1, Math.min(config.deposit_days(), MOST_DAYS))),
                Duration.ofSeconds(Math.max(1, Math.min(config.call_seconds(), MOST_SECONDS))));
    }

    PurchasesSettings(URI url, Duration patienceForMoney, Duration patienceForCalls) {
        this.url = url;
        this.patienceForMoney = patienceForMoney;
        this.patienceForCalls = patienceForCalls;
    }

    /** A page of the platform's own. */
    URI page(String path) {
        return url.resolve(path);
    }

    /** How long a deposit is awaited. */
    Duration patienceForMoney() {
        return patienceForMoney;
    }

    /** How long a gateway has. */
    Duration patienceForCalls() {
        return patienceForCalls;
    }
}
