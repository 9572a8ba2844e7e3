package org.bursar.kernel;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * TypeID text: a type prefix, an underscore and a UUID in 26 characters of Crockford's base 32, lower case.
 *
 * @see <a href="https://github.com/jetify-com/typeid/tree/main/spec">TypeID specification 0.3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7">RFC 9562, UUID version 7</a>
 */
public final class TypeId {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;
    private static final SecureRandom RANDOM = new SecureRandom();

    private TypeId() {}

    /** The text of an id. */
    public static String format(String prefix, UUID uuid) {
        return prefix + '_' + base32(uuid);
    }

    /** A UUID in 26 characters of base 32. */
    public static String base32(UUID uuid) {
        char[] out = new char[LENGTH];
        long high = uuid.getMostSignificantBits();
        long low = uuid.getLeastSignificantBits();
        for (int i = LENGTH - 1; i >= 0; i--) {
            out[i] = ALPHABET.charAt((int) (low & 31));
            low = low >>> 5 | high << 59;
            high >>>= 5;
        }
        return new String(out);
    }

    /**
     * Reads an id's text.
     *
     * @throws IllegalArgumentException when the prefix is another or the rest is no UUID in base 32
     */
    public static UUID parse(String prefix, String text) {
        int start = prefix.length() + 1;
        if (text.length() != start + LENGTH || !text.startsWith(prefix) || text.charAt(prefix.length()) != '_') {
            throw new IllegalArgumentException("not an id that begins with " + prefix + "_");
        }
        return parseBase32(text.substring(start));
    }

    /**
     * Reads a UUID from 26 characters of base 32, lower case.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static UUID parseBase32(String text) {
        if (text.length() != LENGTH || text.charAt(0) > '7') {
            throw new IllegalArgumentException("not a UUID in base 32");
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("not a UUID in base 32");
            }
            high = high << 5 | low >>> 59;
            low = low << 5 | digit;
        }
        return new UUID(high, low);
    }

    /** A new UUID of version 7: milliseconds of the clock, then 74 random bits. */
    public static UUID next(Clock clock) {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        long a = (random[0] & 0x0fL) << 8 | random[1] & 0xffL;
        long b = 0;
        for (int i = 2; i < 10; i++) {
            b = b << 8 | random[i] & 0xffL;
        }
        return new UUID(clock.millis() << 16 | 0x7000L | a, b & 0x3fffffffffffffffL | 0x8000000000000000L);
    }

    /** When an id was made, to the millisecond: the first 48 bits of a UUIDv7 (RFC 9562). */
    public static Instant time(UUID uuid) {
        return Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16);
    }
}
