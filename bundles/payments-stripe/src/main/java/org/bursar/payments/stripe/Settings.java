package org.bursar.payments.stripe;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.SettingsSchema.Kind;

/** What a tenant sets, and what it means. */
final class Settings {
    static final String WAY = "connection";
    static final String KEY = "secretKey";
    static final String ACCOUNT = "account";
    static final String SIGNING = "webhookSecret";

    /** A key of one's own account; the default. */
    static final String OWN = "own_key";
    /** Charges go directly to an account that is connected to the platform's; the key is the platform's. */
    static final String CONNECT = "connect";
    /** The account that others are connected to: its endpoint takes the events of all of them. */
    static final String PLATFORM = "platform";

    static final SettingsSchema SCHEMA = SettingsSchema.builder(1)
            .field(Field.of(WAY, Kind.CHOICE, "Connection")
                    .withChoices(OWN, CONNECT, PLATFORM)
                    .withHelp(
                            "en",
                            "own_key: an account of your own (used when left out); connect: an account that is connected to"
                                    + " a platform; platform: the account that others are connected to"))
            .field(Field.of(KEY, Kind.SECRET, "Secret or restricted key")
                    .asRequired()
                    .matching("(sk|rk)_[A-Za-z0-9_]{3,250}")
                    .withHelp(
                            "en",
                            "A restricted key (rk_…) may write Checkout Sessions, Customers, PaymentIntents, PaymentMethods,"
                                    + " Refunds, Subscriptions, Customer portal and Webhook Endpoints, and read Charges, Disputes,"
                                    + " Events, Invoices and Reviews"))
            .field(
                    Field.of(ACCOUNT, Kind.TEXT, "Connected account")
                            .matching("acct_[A-Za-z0-9]{1,60}")
                            .withHelp(
                                    "en",
                                    "acct_…, for connect alone: charges are made directly on it; the platform's admins enter it"))
            .field(Field.of(SIGNING, Kind.SECRET, "Signing secret of the webhook endpoint")
                    .matching("whsec_[A-Za-z0-9+/=_-]{3,250}")
                    .rotating()
                    .withHelp("en", "whsec_…; without it payments are noticed only when the platform looks for them"))
            .build();

    private static final Pattern TEST_KEY = Pattern.compile("[a-z]{2}_test_.*");
    private static final Pattern LIVE_KEY = Pattern.compile("[a-z]{2}_live_.*");

    private Settings() {}

    /** The connected account on which charges are made. */
    static Optional<String> account(GatewayContext context) throws GatewayException {
        Optional<String> account = context.setting(ACCOUNT);
        boolean connect = context.setting(WAY).filter(CONNECT::equals).isPresent();
        if (connect != account.isPresent()) {
            throw new GatewayException(
                    GatewayException.Kind.BAD_CONFIGURATION,
                    connect ? "connect needs the connected account" : "a connected account is for connect alone");
        }
        return account;
    }

    static boolean isPlatform(GatewayContext context) {
        return context.setting(WAY).filter(PLATFORM::equals).isPresent();
    }

    /** The key. One that Stripe made for the other mode is refused before anything is sent: it could move real money. */
    static String key(GatewayContext context) throws GatewayException {
        String key;
        try {
            key = text(context.secret(KEY));
        } catch (IllegalArgumentException e) {
            throw new GatewayException(GatewayException.Kind.BAD_CONFIGURATION, "the secret key is not set");
        }
        boolean live = context.mode() == GatewayContext.Mode.LIVE;
        if ((live ? TEST_KEY : LIVE_KEY).matcher(key).matches()) {
            throw new GatewayException(
                    GatewayException.Kind.BAD_CONFIGURATION,
                    live
                            ? "the key is for test mode, the gateway is live"
                            : "the key is live, the gateway is in test mode");
        }
        return key;
    }

    /** The text of a secret, whose array is overwritten. */
    static String text(char[] secret) {
        String text = new String(secret);
        Arrays.fill(secret, '\0');
        return text;
    }
}
