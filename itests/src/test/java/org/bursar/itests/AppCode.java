package org.bursar.itests;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an authenticator app shows: RFC 6238 with what every app takes for granted. */
final class AppCode {
    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private AppCode() {}

    static String now(String secret) throws GeneralSecurityException {
        ByteBuffer key = ByteBuffer.allocate(secret.length() * 5 / 8);
        int buffer = 0;
        int bits = 0;
        for (char c : secret.toCharArray()) {
            buffer = buffer << 5 | BASE_32.indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                key.put((byte) (buffer >> bits));
                buffer &= (1 << bits) - 1;
            }
        }
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key.array(), "RAW"));
        byte[] hash = mac.doFinal(ByteBuffer.allocate(8)
                .putLong(System.currentTimeMillis() / 30_000)
                .array());
        int code = ByteBuffer.wrap(hash).getInt(hash[19] & 15) & 0x7fffffff;
        return String.format("%06d", code % 1_000_000);
    }
}
