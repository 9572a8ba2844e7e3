package org.bursar.kernel;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a form, so that a caller reads all of it at once. Each check answers the value, or a harmless
 * stand-in when the value is wrong; nothing is used before {@link #done()} has passed.
 */
public final class Checks {
    // years that PostgreSQL and RFC 3339 both can write
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final List<FieldError> errors = new ArrayList<>();

    /** Adds an error of the caller's own finding. */
    public Checks error(String pointer, FieldCode code, String detail) {
        errors.add(new FieldError(pointer, code, detail));
        return this;
    }

    /** Adds the error when the condition does not hold. */
    public Checks that(boolean holds, String pointer, FieldCode code, String detail) {
        return holds ? this : error(pointer, code, detail);
    }

    /** A text that must be there: trimmed, 1 to {@code longest} characters, printable. */
    public String text(String pointer, @Nullable String value, int longest) {
        if (value == null || value.isBlank()) {
            error(pointer, FieldProblems.REQUIRED, "required");
            return "";
        }
        return bounded(pointer, value.strip(), longest);
    }

    /** A text that may be missing; blank counts as missing. */
    public @Nullable String optionalText(String pointer, @Nullable String value, int longest) {
        return value == null || value.isBlank() ? null : bounded(pointer, value.strip(), longest);
    }

    private String bounded(String pointer, String value, int longest) {
        if (value.codePointCount(0, value.length()) > longest) {
            error(pointer, FieldProblems.TOO_LONG, "at most " + longest + " characters");
        } else if (hasControl(value)) {
            error(pointer, FieldProblems.NOT_PRINTABLE, "printable characters only");
        }
        return value;
    }

    private static boolean hasControl(String value) {
        // a surrogate that is half of a pair is a character like any other; one alone cannot be stored
        return value.codePoints()
                .anyMatch(c ->
                        Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t' || c >= 0xD800 && c <= 0xDFFF);
    }

    /** A wallet, hold or usage amount: greater than zero, at most 6 places. */
    public BigDecimal positiveAmount(String pointer, @Nullable BigDecimal value) {
        return decimal(pointer, value, Decimals.AMOUNT_PLACES, true);
    }

    /** A wallet, hold or usage amount: not below zero, at most 6 places. */
    public BigDecimal amount(String pointer, @Nullable BigDecimal value) {
        return decimal(pointer, value, Decimals.AMOUNT_PLACES, false);
    }

    /** A unit price or cost: not below zero, at most 12 places. */
    public BigDecimal price(String pointer, @Nullable BigDecimal value) {
        return decimal(pointer, value, Decimals.PRICE_PLACES, false);
    }

    private BigDecimal decimal(String pointer, @Nullable BigDecimal value, int places, boolean positive) {
        if (value == null) {
            error(pointer, FieldProblems.REQUIRED, "required");
            return BigDecimal.ONE;
        }
        if (value.signum() < 0 || positive && value.signum() == 0) {
            error(pointer, FieldProblems.OUT_OF_RANGE, positive ? "greater than zero" : "zero or more");
        } else if (!Decimals.fits(value, places)) {
            error(pointer, FieldProblems.TOO_PRECISE, "at most 14 digits before the point and " + places + " after it");
        }
        return value;
    }

    /** A whole number between two bounds, both included. */
    public int range(String pointer, @Nullable Integer value, int least, int most) {
        if (value == null) {
            error(pointer, FieldProblems.REQUIRED, "required");
            return least;
        }
        that(value >= least && value <= most, pointer, FieldProblems.OUT_OF_RANGE, least + " to " + most);
        return value;
    }

    /**
     * When a period begins, as a query says it: a time (RFC 3339), or a plain date, whose begin in UTC is meant.
     *
     * @return null where nothing is said, or what is said is refused
     */
    public @Nullable Instant begin(String pointer, @Nullable String text) {
        return moment(pointer, text, 0);
    }

    /** When a period ends, the end not included: a time, or a plain date, whose end in UTC is meant; otherwise as {@link #begin}. */
    public @Nullable Instant end(String pointer, @Nullable String text) {
        return moment(pointer, text, 1);
    }

    private @Nullable Instant moment(String pointer, @Nullable String text, int daysAfterDate) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String said = text.strip();
        try {
            Instant instant = said.length() == "2026-11-21".length()
                    ? LocalDate.parse(said)
                            .plusDays(daysAfterDate)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : OffsetDateTime.parse(said.replace(' ', '+')).toInstant();
            boolean writable = !instant.isBefore(EARLIEST) && instant.isBefore(LATEST);
            that(writable, pointer, FieldProblems.OUT_OF_RANGE, "a time from 1970 to 9998");
            return writable ? instant : null;
        } catch (DateTimeParseException e) {
            error(pointer, FieldProblems.WRONG_TYPE, "a time such as 2026-11-21T10:00:00Z, or a date");
            return null;
        }
    }

    /**
     * Ids with commas between them, each once.
     *
     * @param parse throws {@link IllegalArgumentException} for what is no id
     * @param most how many there may be
     * @return empty where nothing is said, or what is said is refused
     */
    public <T> Set<T> ids(String pointer, @Nullable String text, Function<String, T> parse, int most) {
        if (text == null || text.isBlank()) {
            return Set.of();
        }
        String[] ids = text.split(",", most + 1);
        if (ids.length > most) {
            error(pointer, FieldProblems.TOO_MANY, "at most " + most);
            return Set.of();
        }
        try {
            return Arrays.stream(ids).map(parse).collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            error(pointer, FieldProblems.MALFORMED, "ids with commas between them");
            return Set.of();
        }
    }

    /** Something that must be there. */
    public <T> @Nullable T present(String pointer, @Nullable T value) {
        if (value == null) {
            error(pointer, FieldProblems.REQUIRED, "required");
        }
        return value;
    }

    /** Whether nothing was wrong so far. */
    public boolean clean() {
        return errors.isEmpty();
    }

    /**
     * Ends the checks.
     *
     * @throws ProblemException {@code invalid} with every error, when there was one
     */
    public void done() {
        if (!errors.isEmpty()) {
            String detail = errors.size() == 1
                    ? errors.get(0).pointer() + ": " + errors.get(0).detail()
                    : errors.size() + " fields are not right";
            throw new ProblemException(new Problem(Problems.INVALID, detail, errors, Map.of()));
        }
    }
}
