package org.bursar.purchases.internal;

import java.net.URI;
import java.time.Instant;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.purchases.NextStep;
import org.jspecify.annotations.Nullable;

/** What a gateway answered, held to what may be shown to a payer. */
final class CheckoutAnswers {
    private static final int MOST_LINES = 40;
    private static final int LONGEST_LABEL = 200;
    private static final int LONGEST_VALUE = 4_000;
    private static final int LONGEST_URL = 2_000;

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private CheckoutAnswers() {}

    /** What is wrong with the answer; null: nothing. Such an answer counts as unknown, since the provider may have acted. */
    static @Nullable String fault(CheckoutStart start) {
        if (start instanceof CheckoutStart.Redirect redirect) {
            return goodAddress(redirect.url())
                    ? time(redirect.expiresAt())
                    : "the gateway redirects to no https address";
        }
        if (start instanceof CheckoutStart.Instructions instructions) {
            boolean fits = instructions.lines().size() <= MOST_LINES
                    && instructions.reference().length() <= LONGEST_LABEL
                    && instructions.lines().stream()
                            .allMatch(line -> line.label().length() <= LONGEST_LABEL
                                    && line.value().length() <= LONGEST_VALUE);
            return fits
                    ? instructions.expiresAt().map(CheckoutAnswers::time).orElse(null)
                    : "the gateway's instructions are too long";
        }
        return null;
    }

    /** What no date that means anything is, and no database takes. */
    private static @Nullable String time(Instant expiry) {
        return expiry.isBefore(Instant.EPOCH) || expiry.isAfter(LATEST)
                ? "the gateway names no time that can be"
                : null;
    }

    /** A payer is never sent to another scheme; plain http is for a provider on this machine, which tests use. */
    static boolean goodAddress(URI url) {
        String host = url.getHost();
        boolean loopback = "127.0.0.1".equals(host) || "localhost".equals(host);
        return host != null
                && url.toString().length() <= LONGEST_URL
                && ("https".equalsIgnoreCase(url.getScheme()) || loopback && "http".equalsIgnoreCase(url.getScheme()));
    }

    /** What the payer does next; null: nothing. */
    static @Nullable NextStep next(CheckoutStart start) {
        if (start instanceof CheckoutStart.Redirect redirect) {
            return new NextStep.Redirect(redirect.url(), redirect.expiresAt());
        }
        if (start instanceof CheckoutStart.Instructions instructions) {
            return new NextStep.Instructions(
                    instructions.lines().stream()
                            .map(line -> new NextStep.Line(line.label(), line.value()))
                            .toList(),
                    instructions.reference(),
                    instructions.expiresAt().orElse(null));
        }
        return null;
    }
}
