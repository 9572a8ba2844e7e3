package org.bursar.database;

import org.bursar.kernel.TenantId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Encryption at rest under the installation's key, which lies in a file outside the database.
 *
 * <p>Sealing is AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D) under a key derived for the purpose; tenant and
 * purpose are authenticated, so that a ciphertext moved to another tenant or column does not open.
 */
@ProviderType
public interface Secrets {
    /** Encrypts. */
    byte[] seal(TenantId tenant, String purpose, byte[] plain);

    /**
     * Decrypts.
     *
     * @throws IllegalStateException when it was sealed under another key, for another tenant or purpose, or was altered
     */
    byte[] open(TenantId tenant, String purpose, byte[] sealed);

    /** HMAC-SHA256 under a key derived for the purpose: 32 bytes. */
    byte[] mac(String purpose, byte[] data);
}
