package org.bursar.purchases;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** The gateways and a tenant's settings for them. */
@ProviderType
public interface Gateways {
    /** Every gateway that is there, or that the tenant has settings for, by id. */
    List<GatewayInfo> list(Scope scope);

    /**
     * One gateway.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    GatewayInfo get(Scope scope, String id);

    /** The bundles that offer gateways, and the jars that wait to, for the platform's own admins. */
    List<GatewayBundle> bundles();

    /**
     * The tenant's settings.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code forbidden} for a customer's caller
     */
    GatewaySettingsView settings(Scope scope, String id);

    /**
     * Replaces the settings. A secret that is not sent stays as it is; any other field that is not sent is removed.
     *
     * @param revision the revision that the change is based on; empty: whatever it is
     * @throws org.bursar.kernel.ProblemException {@code invalid} with pointers for unknown fields, missing ones and values that do
     *     not fit; {@code not_found}, {@code stale}, {@code gateway_unavailable}, {@code forbidden}
     */
    GatewaySettingsView put(Scope scope, String id, Map<String, SettingValue> values, OptionalLong revision);

    /**
     * The same, by the platform's own admins: where one endpoint of the platform's serves the accounts of many tenants, they alone
     * say which account is the tenant's, and change settings that name one.
     *
     * @throws org.bursar.kernel.ProblemException as above; {@code invalid} when another tenant has the account
     */
    GatewaySettingsView assign(Scope scope, String id, Map<String, SettingValue> values, OptionalLong revision);

    /**
     * Turns a gateway on or off for the tenant, and chooses whether real money moves. It begins on and live.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code stale}, {@code forbidden}
     */
    GatewayInfo change(
            Scope scope, String id, Optional<Boolean> enabled, Optional<Boolean> live, OptionalLong revision);
}
