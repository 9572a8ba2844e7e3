package ${package};

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRejected.Why;
import org.bursar.payments.spi.WebhookRequest;

/**
 * The header {@code provider-signature: t=1700000000,v1=9f86…}: the HMAC with SHA-256 of the time, a full stop and the body.
 * While the provider changes its secret it signs with both, and there are two {@code v1}.
 */
final class Signature {
    static final String HEADER = "provider-signature";

    private static final Duration OLDEST = Duration.ofMinutes(5);

    private Signature() {}

    /** Refuses what none of the secrets signed, and what was long on the way before it was first received. */
    static void verify(WebhookRequest raw, List<char[]> secrets) throws WebhookRejected {
        String time = "";
        List<String> signatures = new ArrayList<>();
        for (String header : raw.headers().getOrDefault(HEADER, List.of())) {
            for (String part : header.split(",")) {
                if (part.startsWith("t=")) {
                    time = part.substring(2);
                } else if (part.startsWith("v1=")) {
                    signatures.add(part.substring(3));
                }
            }
        }
        if (!time.matches("[0-9]{1,12}") || signatures.isEmpty()) {
            throw new WebhookRejected(Why.BAD_SIGNATURE, "no signature in " + HEADER);
        }
        boolean genuine = false;
        for (char[] secret : secrets) {
            byte[] expected = of(time, raw.body(), secret).getBytes(StandardCharsets.US_ASCII);
            for (String signature : signatures) {
                // takes as long for a wrong first digit as for a wrong last one
                genuine |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (!genuine) {
            throw new WebhookRejected(Why.BAD_SIGNATURE, "the signature does not fit the body");
        }
        Instant signed = Instant.ofEpochSecond(Long.parseLong(time));
        // judged by when it was first stored, and not by the present: it may be handed over days later
        if (Duration.between(signed, raw.receivedAt()).abs().compareTo(OLDEST) > 0) {
            throw new WebhookRejected(Why.STALE, "signed at " + signed);
        }
    }

    static String of(String time, byte[] body, char[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(new String(secret).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + '.').getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
