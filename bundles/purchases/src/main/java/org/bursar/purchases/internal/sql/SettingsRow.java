package org.bursar.purchases.internal.sql;

import org.bursar.payments.spi.GatewayContext.Mode;

/** A row of {@code purchases.gateway_settings}. */
public record SettingsRow(
        String gatewayId, String settings, int schemaVersion, Mode mode, boolean enabled, long revision) {}
