package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.bursar.credits.SpendCap;
import org.bursar.credits.internal.OpenCaps.Moved;
import org.bursar.credits.internal.sql.CapMapper;
import org.bursar.credits.internal.sql.CapRow;
import org.bursar.database.Database;
import org.bursar.kernel.Scope;
import org.bursar.tenancy.Tenants;
import org.jspecify.annotations.Nullable;

/** Caps in PostgreSQL. Whoever reserves under them has locked their wallets in a statement before, so that nobody else does. */
final class CapBook {
    private final Tenants tenants;
    private final CapMapper caps;

    CapBook(Database database, Tenants tenants) {
        this.tenants = tenants;
        caps = database.mapper("credits", CapMapper.class);
    }

    /** From when to when a period lasts. */
    record Span(Instant from, @Nullable Instant until) {
        /** The one that an instant is in. A day begins with its first moment, which is not midnight everywhere. */
        static Span of(SpendCap.Period period, Instant now, ZoneId zone) {
            LocalDate today = LocalDate.ofInstant(now, zone);
            return switch (period) {
                case TOTAL -> new Span(now, null);
                case DAY -> of(today, today.plusDays(1), zone);
                case MONTH ->
                    of(today.withDayOfMonth(1), today.withDayOfMonth(1).plusMonths(1), zone);
            };
        }

        private static Span of(LocalDate from, LocalDate until, ZoneId zone) {
            return new Span(
                    from.atStartOfDay(zone).toInstant(),
                    until.atStartOfDay(zone).toInstant());
        }
    }

    /** The caps that these spenders have; without spenders nothing is asked. */
    OpenCaps open(Scope scope, Collection<Spender> spenders, Instant now) {
        if (spenders.isEmpty()) {
            return new OpenCaps(List.of());
        }
        List<Spender> each = spenders.stream().distinct().toList();
        List<CapRow> rows = caps.of(
                scope.tenant(),
                each.stream().map(spender -> spender.customer().uuid()).toArray(UUID[]::new),
                each.stream().map(spender -> spender.user().uuid()).toArray(UUID[]::new));
        return new OpenCaps(current(scope, rows, now));
    }

    /** The same caps in the periods of the present. */
    List<CapRow> current(Scope scope, List<CapRow> rows, Instant now) {
        return rows.stream()
                .map(row -> {
                    if (!row.over(now)) {
                        return row;
                    }
                    Span span =
                            Span.of(row.cap().period(), now, tenants.own(scope).timeZone());
                    return row.in(span.from(), span.until() == null ? now : span.until());
                })
                .toList();
    }

    /** Writes what became of caps. */
    void write(Scope scope, OpenCaps open) {
        List<Moved> changed = open.moved();
        if (changed.isEmpty()) {
            return;
        }
        @Nullable String[] untils = new @Nullable String[changed.size()];
        for (int i = 0; i < untils.length; i++) {
            Instant until = changed.get(i).row().periodUntil();
            untils[i] = until == null ? null : until.toString();
        }
        int written = caps.move(
                scope.tenant(),
                changed.stream().map(each -> each.row().customer().uuid()).toArray(UUID[]::new),
                changed.stream().map(each -> each.row().user().uuid()).toArray(UUID[]::new),
                changed.stream().map(Moved::spent).toArray(BigDecimal[]::new),
                changed.stream().map(Moved::held).toArray(BigDecimal[]::new),
                changed.stream().map(each -> each.row().periodFrom().toString()).toArray(String[]::new),
                untils);
        // what is held changes under the wallet's lock alone; what usage has cost may come when somebody has just
        // removed the cap
        long held = changed.stream().filter(each -> each.held().signum() != 0).count();
        if (written < held) {
            throw new IllegalStateException(
                    "wrote " + written + " of " + held + " caps, although their wallets are locked");
        }
    }
}
