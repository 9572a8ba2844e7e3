package org.bursar.ledger;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Commitments to reasons. A seal holds the commitment and not the words: whoever has words and salt can check them, and once
 * both are gone, nobody can guess the words from what is left.
 */
public final class Reasons {
    private static final String HMAC = "HmacSHA256";

    private Reasons() {}

    /**
     * The salt of one entry's reason.
     *
     * @param key the tenant's secret
     * @return 64 hex digits
     */
    public static String salt(byte[] key, String wallet, long seq) {
        return Sha256.hex(hmac(key, Sha256.utf8(wallet + "\n" + seq)));
    }

    /**
     * The commitment to a reason.
     *
     * @param salt 64 hex digits
     * @return 64 hex digits
     */
    public static String hash(String salt, String reason) {
        if (!Sha256.isHex(salt, Sha256.BYTES)) {
            throw new IllegalArgumentException("the salt of a reason is 64 hex digits");
        }
        return Sha256.hex(hmac(HexFormat.of().parseHex(salt), Sha256.utf8(reason)));
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
