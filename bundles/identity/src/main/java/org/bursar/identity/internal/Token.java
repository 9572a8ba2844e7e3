package org.bursar.identity.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TypeId;

/**
 * A bearer's secret: a prefix that says what it is, its tenant, 160 random bits and a checksum, in base 32. The
 * tenant stands in
 * front so that the look-up happens under row-level security; the checksum lets scanners and us tell a token from noise
 * without asking the database.
 *
 * @param tenant whose it is
 * @param text the whole token
 */
record Token(Kind kind, TenantId tenant, String text) {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TENANT_LENGTH = 26;
    private static final int RANDOM_LENGTH = 32;
    private static final int CHECKSUM_LENGTH = 7;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a token is for. */
    enum Kind {
        API_KEY("bsk_"),
        SESSION("bst_"),
        LINK("bol_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** A new one. */
    static Token next(Kind kind, TenantId tenant) {
        StringBuilder text = new StringBuilder(kind.prefix).append(TypeId.base32(tenant.uuid()));
        byte[] random = new byte[RANDOM_LENGTH];
        RANDOM.nextBytes(random);
        for (byte b : random) {
            text.append(ALPHABET.charAt(b & 31));
        }
        return new Token(kind, tenant, text.append(checksum(text.toString())).toString());
    }

    /** Reads a token; empty when it is none, whatever the text. */
    static Optional<Token> parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                return parse(kind, text);
            }
        }
        return Optional.empty();
    }

    private static Optional<Token> parse(Kind kind, String text) {
        int random = kind.prefix.length() + TENANT_LENGTH;
        int checksum = random + RANDOM_LENGTH;
        if (text.length() != checksum + CHECKSUM_LENGTH
                || !checksum(text.substring(0, checksum)).equals(text.substring(checksum))) {
            return Optional.empty();
        }
        try {
            TenantId tenant = new TenantId(TypeId.parseBase32(text.substring(kind.prefix.length(), random)));
            return Optional.of(new Token(kind, tenant, text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        long value = crc.getValue();
        char[] out = new char[CHECKSUM_LENGTH];
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            out[i] = ALPHABET.charAt((int) (value & 31));
            value >>>= 5;
        }
        return new String(out);
    }

    /** What is stored in its place. A plain hash will do: 160 random bits cannot be guessed. */
    byte[] hash() {
        return sha256(text);
    }

    /** SHA-256 of a text. */
    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a list may show: enough to tell keys apart, nothing that helps to guess one. */
    String hint() {
        int random = kind.prefix.length() + TENANT_LENGTH;
        return kind.prefix + "…" + text.substring(random, random + 4);
    }

    @Override
    public String toString() {
        return hint();
    }
}
