package org.bursar.purchases.internal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.bursar.database.Secrets;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Envelope encryption of gateway secrets with Tink: each tenant has a keyset of its own (AES-256-GCM), which is stored wrapped by the
 * installation's key. Tenant, gateway and field are authenticated, so that a ciphertext moved to another of these does not open.
 */
final class SecretEnvelope {
    private static final String PURPOSE = "gateway tenant key";
    private static final Configuration TINK = AeadConfig2026.get();
    private static final byte[] NONE = new byte[0];

    private final Secrets secrets;

    SecretEnvelope(Secrets secrets) {
        this.secrets = secrets;
    }

    /** A new key of the tenant, wrapped: some 150 bytes. */
    byte[] newKey(TenantId tenant) {
        try {
            KeysetHandle fresh = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK);
            return TinkProtoKeysetFormat.serializeEncryptedKeyset(fresh, new Installation(tenant), NONE, TINK);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a tenant's key cannot be made", e);
        }
    }

    byte[] seal(TenantId tenant, byte[] wrappedKey, String gateway, String field, byte[] plain) {
        try {
            return unwrapped(tenant, wrappedKey).encrypt(plain, associated(tenant, gateway, field));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the tenant's key does not open", e);
        }
    }

    /**
     * Opens what {@link #seal} made, and what was sealed directly under the installation's key before tenants had keys.
     *
     * @throws IllegalStateException when it was sealed for another tenant, gateway or field, under another key, or was altered
     */
    byte[] open(TenantId tenant, byte @Nullable [] wrappedKey, String gateway, String field, byte[] sealed) {
        if (wrappedKey != null) {
            Aead key;
            try {
                key = unwrapped(tenant, wrappedKey);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the tenant's key was wrapped under another key, or altered", e);
            }
            try {
                return key.decrypt(sealed, associated(tenant, gateway, field));
            } catch (GeneralSecurityException e) {
                // not under this key: it may be older than it
            }
        }
        return secrets.open(tenant, "gateway " + gateway + ' ' + field, sealed);
    }

    private Aead unwrapped(TenantId tenant, byte[] wrappedKey) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(wrappedKey, new Installation(tenant), NONE, TINK)
                .getPrimitive(TINK, Aead.class);
    }

    private static byte[] associated(TenantId tenant, String gateway, String field) {
        return (tenant + "\n" + gateway + '\n' + field).getBytes(StandardCharsets.UTF_8);
    }

    /** The installation's key as Tink's key-encryption key; it authenticates the tenant itself. */
    private final class Installation implements Aead {
        private final TenantId tenant;

        Installation(TenantId tenant) {
            this.tenant = tenant;
        }

        @Override
        public byte[] encrypt(byte[] plaintext, byte[] associatedData) {
            return secrets.seal(tenant, PURPOSE, plaintext);
        }

        @Override
        public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
            try {
                return secrets.open(tenant, PURPOSE, ciphertext);
            } catch (IllegalStateException e) {
                throw new GeneralSecurityException(e);
            }
        }
    }
}
