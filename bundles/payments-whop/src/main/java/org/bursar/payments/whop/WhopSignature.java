package org.bursar.payments.whop;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRejected.Why;
import org.bursar.payments.spi.WebhookRequest;

/**
 * Standard Webhooks (standardwebhooks.com, version 1 symmetric): HMAC-SHA256 of {@code id.timestamp.body}. Whop's keys are
 * the literal bytes of the {@code ws_…} secret and not, as the standard has it, the base 64 of something.
 */
final class WhopSignature {
    /** The standard's own tolerance, both ways. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int LONGEST_ID = 200;

    private WhopSignature() {}

    /** Answers the event's id once one of the secrets signed exactly these bytes near the time they were received. */
    static String verified(WebhookRequest raw, List<char[]> secrets) throws WebhookRejected {
        String id = header(raw, "webhook-id");
        String timestamp = header(raw, "webhook-timestamp");
        String signatures = header(raw, "webhook-signature");
        if (id.isEmpty() || id.length() > LONGEST_ID || !timestamp.matches("\\d{1,12}") || signatures.isEmpty()) {
            throw new WebhookRejected(Why.MALFORMED, "the headers webhook-id, webhook-timestamp or webhook-signature");
        }
        byte[] signed = signed(id, timestamp, raw.body());
        boolean good = false;
        for (char[] secret : secrets) {
            byte[] expected = mac(secret, signed);
            for (String signature : signatures.split(" ")) {
                good |= matches(signature, expected);
            }
        }
        if (!good) {
            throw new WebhookRejected(Why.BAD_SIGNATURE, "no signature fits the secret");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), raw.receivedAt());
        if (age.abs().compareTo(TOLERANCE) > 0) {
            throw new WebhookRejected(Why.STALE, "signed " + age.toSeconds() + " s before it came");
        }
        return id;
    }

    /** Compares texts, not what they decode to: a signature has one form. */
    private static boolean matches(String signature, byte[] expected) {
        String right = "v1," + Base64.getEncoder().encodeToString(expected);
        return MessageDigest.isEqual(
                signature.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] signed(String id, String timestamp, byte[] body) {
        byte[] head = (id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
    }

    private static byte[] mac(char[] secret, byte[] signed) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
        byte[] key = new byte[encoded.remaining()];
        encoded.get(key).rewind();
        encoded.put(new byte[key.length]);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException everyJreHasIt) {
            throw new IllegalStateException(everyJreHasIt);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static String header(WebhookRequest raw, String name) {
        List<String> values = raw.headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? values.get(0) : "";
    }
}
