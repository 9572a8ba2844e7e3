package org.bursar.purchases.internal;

import org.bursar.database.Database;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.internal.sql.GatewayMapper;
import org.bursar.purchases.internal.sql.SettingsRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads a tenant's settings; joins the caller's transaction. */
@Component(service = SettingsStore.class)
public final class SettingsStore {
    private final PurchasesSettings configuration;
    private final GatewayMapper mapper;

    @Activate
    public SettingsStore(@Reference Database database, @Reference PurchasesSettings configuration) {
        this.configuration = configuration;
        mapper = database.mapper("purchases", GatewayMapper.class);
    }

    GatewayMapper mapper() {
        return mapper;
    }

    TenantSettings load(TenantId tenant, String gateway) {
        return mapper.find(tenant, gateway)
                .map(row -> settings(tenant, row))
                .orElseGet(() -> TenantSettings.none(gateway).at(configuration.apiBase(gateway)));
    }

    TenantSettings settings(TenantId tenant, SettingsRow row) {
        return new TenantSettings(
                row.gatewayId(),
                StoredJson.texts(row.settings()),
                TenantSettings.byName(mapper.secrets(tenant, row.gatewayId())),
                row.schemaVersion(),
                row.mode(),
                row.enabled(),
                row.revision(),
                configuration.apiBase(row.gatewayId()));
    }
}
