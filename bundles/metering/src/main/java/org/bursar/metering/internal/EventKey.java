package org.bursar.metering.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bursar.kernel.CustomerId;

/** Keys that follow from what they are for: UUIDs of version 8 (RFC 9562) from the SHA-256 of it. */
final class EventKey {
    private EventKey() {}

    /** Of an event: the length of the source comes first, so that no other pair of source and id reads the same. */
    static UUID of(String source, String id) {
        byte[] first = source.getBytes(StandardCharsets.UTF_8);
        byte[] second = id.getBytes(StandardCharsets.UTF_8);
        return hashed(ByteBuffer.allocate(Integer.BYTES + first.length + second.length)
                .putInt(first.length)
                .put(first)
                .put(second));
    }

    /**
     * Of an event that a customer's own user or key reports: apart from all that the tenant's report, so that nobody's customer can
     * use up ids that the tenant is going to report. It begins with what is no length.
     */
    static UUID of(CustomerId customer, String source, String id) {
        byte[] first = source.getBytes(StandardCharsets.UTF_8);
        byte[] second = id.getBytes(StandardCharsets.UTF_8);
        return hashed(ByteBuffer.allocate(2 * Integer.BYTES + 2 * Long.BYTES + first.length + second.length)
                .putInt(-1)
                .putLong(customer.uuid().getMostSignificantBits())
                .putLong(customer.uuid().getLeastSignificantBits())
                .putInt(first.length)
                .put(first)
                .put(second));
    }

    /** Of the posting that charges these events, received at that instant. */
    static UUID ofPosting(List<UUID> events, Instant receivedAt) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + events.size() * 2 * Long.BYTES)
                .putLong(receivedAt.getEpochSecond())
                .putInt(receivedAt.getNano());
        for (UUID event : events) {
            bytes.putLong(event.getMostSignificantBits()).putLong(event.getLeastSignificantBits());
        }
        return hashed(bytes);
    }

    private static UUID hashed(ByteBuffer bytes) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes.flip());
            ByteBuffer hash = ByteBuffer.wrap(sha.digest());
            long high = hash.getLong() & ~0xF000L | 0x8000L;
            long low = hash.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
