package org.bursar.web.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts, numbers and times as people read them (section 7 of the design's content style). */
public final class Show {
    private static final int LONGEST_AGENT = 60;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final String MINUS = "\u2212";
    private static final int PERCENT_MINUTE = 1;
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private final ZoneId zone;
    private final DateTimeFormatter day = formatter("d MMM uuuu");
    private final DateTimeFormatter shortDay = formatter("d MMM");
    private final DateTimeFormatter minute = formatter("d MMM, HH:mm");
    private final DateTimeFormatter record = formatter("d MMM uuuu, HH:mm");
    private final DateTimeFormatter second = formatter("d MMM uuuu, HH:mm:ss");
    private final DateTimeFormatter clock = formatter("HH:mm");
    private final DateTimeFormatter month = formatter("MMMM");
    private final DateTimeFormatter weekday = formatter("EEEE d MMMM uuuu");

    public Show(ZoneId zone) {
        this.zone = zone;
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    public ZoneId zone() {
        return zone;
    }

    /** How the zone is named beside a time. */
    public String zoneName() {
        return zone.normalized() instanceof ZoneOffset offset && offset.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** An amount of a unit: a currency with its sign, or a number of the tenant's own credits. */
    public String money(BigDecimal amount, String unit) {
        return sign(amount, "") + absolute(amount.abs(), unit, 2, 2);
    }

    /** What a line of a chart stands for: whole where it is whole, thousands as such, {@code $40k}. */
    public String tick(BigDecimal amount, String unit) {
        String symbol = symbol(unit);
        boolean millions = amount.abs().compareTo(MILLION) >= 0;
        boolean thousands = amount.abs().compareTo(THOUSAND) >= 0;
        BigDecimal shown = thousands ? amount.divide(millions ? MILLION : THOUSAND, 2, RoundingMode.HALF_UP) : amount;
        boolean whole = shown.stripTrailingZeros().scale() <= 0;
        String figure = figure(shown, whole || thousands ? 0 : 2, 2) + (millions ? "M" : thousands ? "k" : "");
        return symbol.length() > 1 ? symbol + '\u00a0' + figure : symbol + figure;
    }

    /** A change: with its sign, plus or minus. */
    public String change(BigDecimal amount, String unit) {
        return sign(amount, "+") + absolute(amount.abs(), unit, 2, 2);
    }

    /** A price of one of something, with up to six decimals. */
    public String unitPrice(BigDecimal amount, String unit) {
        return sign(amount, "") + absolute(amount.abs(), unit, 2, 6);
    }

    private static String sign(BigDecimal amount, String plus) {
        BigDecimal shown = amount.setScale(2, RoundingMode.HALF_UP);
        return shown.signum() < 0 ? MINUS : amount.signum() > 0 ? plus : "";
    }

    private static String absolute(BigDecimal amount, String unit, int least, int most) {
        if (!CURRENCY.matcher(unit).matches()) {
            String figure = figure(amount, amount.stripTrailingZeros().scale() > 0 ? least : 0, most);
            return unit.isEmpty() ? figure : figure + ' ' + unit;
        }
        String symbol = symbol(unit);
        return symbol.length() > 1
                ? symbol + '\u00a0' + figure(amount, least, most)
                : symbol + figure(amount, least, most);
    }

    /** The sign of a currency, or its code where English has none. */
    public static String symbol(String unit) {
        try {
            return CURRENCY.matcher(unit).matches() ? Currency.getInstance(unit).getSymbol(Locale.US) : "";
        } catch (IllegalArgumentException e) {
            return unit;
        }
    }

    private static String figure(BigDecimal number, int least, int most) {
        DecimalFormat format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ENGLISH));
        format.setMinimumFractionDigits(least);
        format.setMaximumFractionDigits(most);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(number);
    }

    /** The figure alone, as it is typed into a field. */
    public String plain(BigDecimal amount) {
        return amount.setScale(
                        Math.max(2, Math.min(6, amount.stripTrailingZeros().scale())), RoundingMode.HALF_UP)
                .toPlainString();
    }

    public String number(long number) {
        return figure(BigDecimal.valueOf(number), 0, 0);
    }

    /** A quantity of a meter: whole where it is whole, millions of tokens as such. */
    public String quantity(BigDecimal quantity) {
        return quantity.abs().compareTo(MILLION) >= 0
                ? figure(quantity.divide(MILLION, 1, RoundingMode.HALF_UP), 0, 1) + "\u00a0M"
                : figure(quantity, 0, quantity.abs().compareTo(BigDecimal.TEN) < 0 ? 2 : 1);
    }

    /** A part of a whole in percent with one decimal, or a dash when there is no whole. */
    public String percent(BigDecimal part, BigDecimal whole) {
        if (whole.signum() == 0) {
            return "–";
        }
        BigDecimal percent = part.multiply(BigDecimal.valueOf(100)).divide(whole, PERCENT_MINUTE, RoundingMode.HALF_UP);
        return (percent.signum() < 0 ? MINUS : "") + percent.abs().toPlainString() + "%";
    }

    public String day(@Nullable Instant at) {
        return in(at, day);
    }

    /** The last day of a period that ends where another begins. */
    public String lastDay(@Nullable Instant end) {
        return end == null ? "" : day(end.minusNanos(1));
    }

    /** A day as operations write it, {@code 2026-11-21}. */
    public String date(String text) {
        try {
            return day.format(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    public String shortDay(@Nullable Instant at) {
        return in(at, shortDay);
    }

    public String minute(@Nullable Instant at) {
        return in(at, minute);
    }

    /** With the zone's name. */
    public String record(@Nullable Instant at) {
        return at == null ? "" : in(at, record) + ' ' + zoneName();
    }

    public String second(@Nullable Instant at) {
        return in(at, second);
    }

    public String clock(@Nullable Instant at) {
        return in(at, clock);
    }

    public String weekday(@Nullable Instant at) {
        return in(at, weekday);
    }

    /** The name of the month of a date in UTC, as reports begin. */
    public String month(@Nullable Instant at) {
        return at == null ? "" : month.format(at.atZone(ZoneOffset.UTC));
    }

    /** A difference of two percentages: with its sign and one decimal. */
    public String points(BigDecimal points) {
        return sign(points, "+") + figure(points.abs(), PERCENT_MINUTE, PERCENT_MINUTE);
    }

    private String in(@Nullable Instant at, DateTimeFormatter format) {
        return at == null ? "" : format.format(at.atZone(zone));
    }

    /** What a client that calls itself so is called by people: browser and system, as far as they are known. */
    public static String agent(String agent) {
        String browser = first(
                agent,
                "Edg/",
                "Edge",
                "OPR/",
                "Opera",
                "Firefox/",
                "Firefox",
                "Chrome/",
                "Chrome",
                "Safari/",
                "Safari");
        String system = first(
                agent,
                "Windows",
                "Windows",
                "Android",
                "Android",
                "iPhone",
                "iPhone",
                "iPad",
                "iPad",
                "Mac OS X",
                "macOS",
                "Linux",
                "Linux");
        if (browser.isEmpty()) {
            return agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) + '…' : agent;
        }
        return system.isEmpty() ? browser : browser + ", " + system;
    }

    private static String first(String agent, String... signsAndNames) {
        for (int i = 0; i + 1 < signsAndNames.length; i += 2) {
            if (agent.contains(signsAndNames[i])) {
                return signsAndNames[i + 1];
            }
        }
        return "";
    }
}
