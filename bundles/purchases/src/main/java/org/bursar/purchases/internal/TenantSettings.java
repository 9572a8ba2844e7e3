package org.bursar.purchases.internal;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bursar.database.Secrets;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.purchases.internal.sql.SecretRow;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's settings for one gateway.
 *
 * @param sealed secrets by name, encrypted
 * @param apiBase where the provider's API is, when the operator says otherwise
 * @param schemaVersion of the schema that they were checked against; 0: there are none
 */
record TenantSettings(
        String gateway,
        Map<String, String> values,
        Map<String, SecretRow> sealed,
        int schemaVersion,
        Mode mode,
        boolean enabled,
        long revision,
        Optional<URI> apiBase) {
    TenantSettings {
        values = Map.copyOf(values);
        sealed = Map.copyOf(sealed);
    }

    /** The same, with the provider's API elsewhere. */
    TenantSettings at(Optional<URI> base) {
        return new TenantSettings(gateway, values, sealed, schemaVersion, mode, enabled, revision, base);
    }

    static TenantSettings none(String gateway) {
        return new TenantSettings(gateway, Map.of(), Map.of(), 0, Mode.LIVE, true, 0, Optional.empty());
    }

    /** Whether an upgrade asks for settings that these are not. */
    boolean outdated(SettingsSchema schema) {
        return schemaVersion != 0 && schemaVersion != schema.version() && !(values.isEmpty() && sealed.isEmpty());
    }

    /** Whether every required setting is there. */
    boolean complete(SettingsSchema schema) {
        return schema.fields().stream()
                .filter(SettingsSchema.Field::required)
                .allMatch(field -> values.containsKey(field.name()) || sealed.containsKey(field.name()));
    }

    Optional<char[]> secret(Secrets secrets, TenantId tenant, String name) {
        SecretRow row = sealed.get(name);
        return row == null ? Optional.empty() : Optional.of(opened(secrets, tenant, row, row.sealed()));
    }

    /** What a secret was before, for what was signed with it; empty after its end. */
    Optional<char[]> previousSecret(Secrets secrets, TenantId tenant, String name, Instant now) {
        SecretRow row = sealed.get(name);
        if (row == null) {
            return Optional.empty();
        }
        Instant until = row.previousUntil();
        byte @Nullable [] previous = row.previous();
        return previous == null || until == null || !now.isBefore(until)
                ? Optional.empty()
                : Optional.of(opened(secrets, tenant, row, previous));
    }

    private char[] opened(Secrets secrets, TenantId tenant, SecretRow row, byte[] bytes) {
        byte[] plain = new SecretEnvelope(secrets).open(tenant, row.tenantKey(), gateway, row.name(), bytes);
        CharBuffer chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(plain));
        Arrays.fill(plain, (byte) 0);
        char[] result = new char[chars.remaining()];
        chars.get(result);
        Arrays.fill(chars.array(), '\0');
        return result;
    }

    static Map<String, SecretRow> byName(Iterable<SecretRow> rows) {
        Map<String, SecretRow> byName = new HashMap<>();
        rows.forEach(row -> byName.put(row.name(), row));
        return byName;
    }
}
