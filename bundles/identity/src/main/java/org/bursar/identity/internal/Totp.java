package org.bursar.identity.internal;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes by time, as authenticator apps make them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6238">RFC 6238, TOTP</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4226">RFC 4226, HOTP</a>
 */
final class Totp {
    static final int DIGITS = 6;
    static final int SECONDS = 30;

    private static final int KEY_BYTES = 20;
    private static final int BITS = 5;
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    /** A new key: 160 bits, as RFC 4226 recommends. */
    static byte[] key() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    /** The number of the half minute. */
    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), SECONDS);
    }

    /** The code of a step, with leading zeros. */
    static String code(byte[] key, long step, int digits) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "RAW"));
            byte[] counter =
                    java.nio.ByteBuffer.allocate(Long.BYTES).putLong(step).array();
            byte[] hash = mac.doFinal(counter);
            int offset = hash[hash.length - 1] & 0xf;
            int number = (hash[offset] & 0x7f) << 24
                    | (hash[offset + 1] & 0xff) << 16
                    | (hash[offset + 2] & 0xff) << 8
                    | hash[offset + 3] & 0xff;
            String all = String.format("%010d", number);
            return all.substring(all.length() - digits);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 4648 base 32 without padding, as people type it into an app. */
    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte next : bytes) {
            buffer = buffer << Byte.SIZE | next & 0xff;
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(BASE_32.charAt(buffer >> bits & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        return bits == 0
                ? text.toString()
                : text.append(BASE_32.charAt(buffer << BITS - bits & 31)).toString();
    }
}
