package org.bursar.webhooks.internal;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The configuration, read. */
@Component(service = WebhooksSettings.class, configurationPid = "org.bursar.webhooks")
@Designate(ocd = WebhooksConfig.class)
public final class WebhooksSettings {
    private volatile Values values;

    private record Values(Duration patience, boolean loopback) {}

    @Activate
    public WebhooksSettings(WebhooksConfig config) {
        values = of(config);
    }

    WebhooksSettings(Duration patience, boolean loopback) {
        values = new Values(patience, loopback);
    }

    private static Values of(WebhooksConfig config) {
        return new Values(Duration.ofSeconds(config.patience_seconds()), config.allow_loopback());
    }

    /** Takes another configuration. */
    @Modified
    void configure(WebhooksConfig config) {
        values = of(config);
    }

    /** How long an address has to answer. */
    Duration patience() {
        return values.patience();
    }

    /** Whether this machine's own addresses are allowed, and http. */
    boolean loopback() {
        return values.loopback();
    }
}
