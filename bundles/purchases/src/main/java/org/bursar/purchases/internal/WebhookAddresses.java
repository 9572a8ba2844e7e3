package org.bursar.purchases.internal;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.database.Secrets;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TypeId;
import org.bursar.purchases.internal.sql.AddressRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The addresses that providers send to: the tenant's id, then 128 bits that are derived from the installation's key, the tenant,
 * the gateway and a number that grows with each new address. So an address is shown again at any time without being stored, and
 * nobody learns one from the database.
 */
@Component(service = WebhookAddresses.class)
public final class WebhookAddresses {
    private static final String PATH = "/api/v1/webhooks/";
    private static final String PURPOSE = "webhook-address";
    private static final int ID_LENGTH = 26;
    private static final int FIRST = 1;

    private final Secrets secrets;
    private final PurchasesSettings configuration;

    @Activate
    public WebhookAddresses(@Reference Secrets secrets, @Reference PurchasesSettings configuration) {
        this.secrets = secrets;
        this.configuration = configuration;
    }

    /** What an address says before anything is looked up. */
    record Named(TenantId tenant, String secret) {}

    /** Reads what was sent; empty when it cannot be one of ours. */
    static Optional<Named> read(String token) {
        if (token.length() != 2 * ID_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Named(
                    new TenantId(TypeId.parseBase32(token.substring(0, ID_LENGTH))), token.substring(ID_LENGTH)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The address of a tenant's gateway. */
    URI url(TenantId tenant, String gateway, int number) {
        return configuration.page(PATH + token(tenant, gateway, number));
    }

    /** The part of it that is not to be guessed, behind its tenant. */
    String token(TenantId tenant, String gateway, int number) {
        return TypeId.base32(tenant.uuid()) + secret(tenant, gateway, number);
    }

    private String secret(TenantId tenant, String gateway, int number) {
        byte[] named = (tenant + "\n" + gateway + "\n" + number).getBytes(StandardCharsets.UTF_8);
        ByteBuffer bits = ByteBuffer.wrap(secrets.mac(PURPOSE, named));
        return TypeId.base32(new UUID(bits.getLong(), bits.getLong()));
    }

    /**
     * Which gateway has the address.
     *
     * @param known the gateways that the tenant has settings for
     * @param offered the ids of those that are there: their first address is good before there are settings
     */
    Optional<String> gateway(Named named, List<AddressRow> known, List<String> offered, Instant now) {
        Map<String, AddressRow> candidates = new LinkedHashMap<>();
        offered.forEach(id -> candidates.put(id, new AddressRow(id, FIRST, null)));
        known.forEach(row -> candidates.put(row.gatewayId(), row));
        return candidates.values().stream()
                .filter(row -> good(named, row, now))
                .map(AddressRow::gatewayId)
                .findFirst();
    }

    private boolean good(Named named, AddressRow row, Instant now) {
        boolean present = same(named.secret(), secret(named.tenant(), row.gatewayId(), row.addressNumber()));
        Instant until = row.addressBeforeUntil();
        return present
                || until != null
                        && now.isBefore(until)
                        && same(named.secret(), secret(named.tenant(), row.gatewayId(), row.addressNumber() - 1));
    }

    private static boolean same(String sent, String expected) {
        return MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
