package org.bursar.payments.whop;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.Money;

/** One JSON object of the provider's. What is missing and what is null are the same; what is of another type is not there. */
record Node(Map<?, ?> fields) {
    static final Node EMPTY = new Node(Map.of());

    Optional<String> text(String name) {
        return fields.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /** The same, where the provider's contract says that it is always there. */
    String required(String name) throws GatewayException {
        return text(name).orElseThrow(() -> unreadable("without " + name));
    }

    Node node(String name) {
        return fields.get(name) instanceof Map<?, ?> map ? new Node(map) : EMPTY;
    }

    /** Objects of a list; empty when there is no such list, which is not the same as a list of none. */
    Optional<List<Node>> nodes(String name) {
        return fields.get(name) instanceof List<?> list
                ? Optional.of(list.stream()
                        .filter(Map.class::isInstance)
                        .map(map -> new Node((Map<?, ?>) map))
                        .toList())
                : Optional.empty();
    }

    /** A number, or a text that is one: the provider's newer answers write amounts as text. Never a binary fraction. */
    Optional<BigDecimal> decimal(String name) throws GatewayException {
        Object value = fields.get(name);
        try {
            return value instanceof Number || value instanceof String
                    ? Optional.of(new BigDecimal(value.toString()))
                    : Optional.empty();
        } catch (NumberFormatException noNumber) {
            throw unreadable(name + " is no number");
        }
    }

    long count(String name) throws GatewayException {
        return decimal(name).map(BigDecimal::longValue).orElse(0L);
    }

    /** An amount in major units of a currency of this object's own. */
    Money money(String amount, String currency) throws GatewayException {
        return money(decimal(amount).orElseThrow(() -> unreadable("without " + amount)), required(currency));
    }

    static Money money(BigDecimal major, String currency) throws GatewayException {
        String code = currency.toUpperCase(Locale.ROOT);
        try {
            int digits = Money.of(code, 0).amount().scale();
            return Money.of(code, major.movePointRight(digits).longValueExact());
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw unreadable("an amount of " + major.toPlainString() + ' ' + code + " is none");
        }
    }

    /** RFC 3339, or seconds since 1970 as some of the provider's fields have them. */
    Optional<Instant> instant(String name) {
        Object value = fields.get(name);
        try {
            if (value instanceof Number seconds) {
                return Optional.of(Instant.ofEpochSecond(seconds.longValue()));
            }
            return value instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty();
        } catch (DateTimeParseException noInstant) {
            return Optional.empty();
        }
    }

    private static GatewayException unreadable(String what) {
        return new GatewayException(GatewayException.Kind.OUTCOME_UNKNOWN, "Whop answered an object " + what);
    }
}
