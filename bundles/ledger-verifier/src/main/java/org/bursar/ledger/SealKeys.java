package org.bursar.ledger;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/**
 * Keys that sign seals: Ed25519.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032">RFC 8032, Ed25519</a>
 */
public final class SealKeys {
    static final int ID_BYTES = 16;

    private static final String ED25519 = "Ed25519";

    private SealKeys() {}

    /** A new pair. */
    public static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(ED25519).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key's id: the first 32 hex digits of the SHA-256 of the public key in its X.509 form. */
    public static String id(byte[] publicKey) {
        return Sha256.hex(Arrays.copyOf(Sha256.digest().digest(publicKey), ID_BYTES));
    }

    /** Signs a seal. */
    public static byte[] sign(PrivateKey key, Seal seal) {
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initSign(key);
            signature.update(Sha256.utf8(seal.text()));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads a public key in its X.509 form.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static PublicKey publicKey(byte[] bytes) {
        try {
            return KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(bytes));
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("not an Ed25519 public key in its X.509 form", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the key has signed the seal. */
    public static boolean signed(PublicKey key, Seal seal, byte[] signature) {
        try {
            Signature check = Signature.getInstance(ED25519);
            check.initVerify(key);
            check.update(Sha256.utf8(seal.text()));
            return check.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            // not even of the form of a signature
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
