package org.bursar.payments.whop;

import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.SettingsSchema.Kind;

/** What a tenant enters. Keys of the sandbox look like live ones, so the mode is what the tenant chose, and health shows it. */
final class WhopSettings {
    static final String API_KEY = "apiKey";
    static final String ACCOUNT = "accountId";
    static final String WEBHOOK_SECRET = "webhookSecret";

    static final SettingsSchema SCHEMA = SettingsSchema.builder(1)
            .field(Field.of(ACCOUNT, Kind.TEXT, "Account id")
                    .asRequired()
                    .matching("biz_[A-Za-z0-9]{1,60}")
                    .withHelp("en", "It begins with biz_ and is part of your dashboard's address."))
            .field(Field.of(API_KEY, Kind.SECRET, "API key")
                    .asRequired()
                    .withHelp(
                            "en",
                            "It needs: checkout_configuration:create, checkout_configuration:basic:read, plan:create,"
                                    + " access_pass:create, payment:basic:read, payment:dispute:read, payment:manage; for plans"
                                    + " also member:basic:read, member:email:read, membership:cancel."))
            .field(Field.of(WEBHOOK_SECRET, Kind.SECRET, "Webhook secret")
                    .rotating()
                    .withHelp("en", "It begins with ws_. Whop shows it where you add this gateway's webhook address."))
            .build();

    private WhopSettings() {}

    static String account(GatewayContext context) throws GatewayException {
        return context.setting(ACCOUNT)
                .orElseThrow(() -> new GatewayException(
                        GatewayException.Kind.BAD_CONFIGURATION, "the setting " + ACCOUNT + " is missing"));
    }

    static String apiKey(GatewayContext context) throws GatewayException {
        try {
            return new String(context.secret(API_KEY));
        } catch (IllegalArgumentException notSet) {
            throw new GatewayException(
                    GatewayException.Kind.BAD_CONFIGURATION, "the setting " + API_KEY + " is missing", notSet, null);
        }
    }
}
