package org.bursar.purchases;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's settings for a gateway, without its secrets.
 *
 * @param values each field that is no secret; a value is a text, a Boolean or a Long; null when it was left out
 * @param secrets each field that is one
 * @param revision counts changes; the ETag
 */
public record GatewaySettingsView(
        String gateway, Map<String, @Nullable Object> values, Map<String, SecretView> secrets, long revision) {
    /**
     * Whether a secret is there.
     *
     * @param last4 its last four characters, when it is long enough for that to give nothing away
     */
    public record SecretView(boolean set, @Nullable String last4) {}
}
