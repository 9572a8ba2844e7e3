package org.bursar.reporting.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.reporting.MovementsReport;
import org.bursar.reporting.MovementsReport.Moved;
import org.bursar.reporting.MovementsReport.Movements;
import org.bursar.reporting.Period;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How recurring revenue moved, over a real PostgreSQL. */
final class MovementsDbTest {
    private static final List<String> KINDS = List.of("NEW", "EXPANSION", "CONTRACTION", "CHURN", "REACTIVATION");
    private static TestDatabase postgres;
    private static PublishedViews views;

    private final TestClock clock = TestClock.at("2026-11-21T10:15:00Z");
    private final ViewReports reports = new ViewReports(postgres.database(), new NamedCustomers());
    private final Scope staff = Scope.of(TenantId.next(clock), new Actor(Actor.Kind.USER, "usr_staff", "Mara"));
    private final TenantId tenant = staff.tenant();
    private final CustomerId acme = CustomerId.next(clock);

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
        views = new PublishedViews(postgres);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private MovementsReport report(String from, String to) {
        return reports.movements(staff, Period.of(from, to, clock));
    }

    private static Movements only(MovementsReport report) {
        assertThat(report.totals()).hasSize(1);
        return report.totals().get(0);
    }

    @Test
    void aMonthOpensWithWhatWasAndClosesWithWhatIs() {
        views.moved(tenant, acme, "USD", "2026-10-31T23:59:59Z", "NEW", 1, "49");
        views.moved(tenant, acme, "USD", "2026-11-01T00:00:00Z", "EXPANSION", 0, "50.5");
        views.moved(tenant, acme, "USD", "2026-11-20T08:00:00Z", "CONTRACTION", 0, "-0.5");
        views.moved(tenant, acme, "USD", "2026-11-20T09:00:00Z", "CHURN", -1, "-99");
        views.moved(tenant, acme, "USD", "2026-11-30T23:59:59Z", "REACTIVATION", 1, "10");
        views.moved(tenant, CustomerId.next(clock), "USD", "2026-11-20T10:00:00Z", null, 1, "0");
        views.moved(tenant, acme, "USD", "2026-12-01T00:00:00Z", "EXPANSION", 0, "1000");

        MovementsReport report = report("2026-11-01", "2026-11-30");
        assertThat(report.countedSince()).isEmpty();
        assertThat(only(report))
                .isEqualTo(new Movements(
                        "USD",
                        new BigDecimal("49"),
                        Moved.NOTHING,
                        new Moved(1, new BigDecimal("50.5")),
                        new Moved(1, new BigDecimal("-0.5")),
                        new Moved(1, new BigDecimal("-99")),
                        new Moved(1, new BigDecimal("10")),
                        1,
                        2,
                        1));
        assertThat(only(report).closing()).isEqualByComparingTo("10");
        assertThat(only(report).closingSubscriptions()).isEqualTo(2);
        assertThat(report.lines())
                .extracting(line -> line.day().getDayOfMonth() + ": "
                        + line.movements().opening().toPlainString() + " to "
                        + line.movements().closing().toPlainString() + ", "
                        + line.movements().closingSubscriptions())
                .containsExactly("1: 49 to 99.5, 1", "20: 99.5 to 0.0, 1", "30: 0.0 to 10.0, 2");
        assertThat(report("2026-10-01", "2026-10-30").totals()).isEmpty();
    }

    @Test
    void whatWasThereWhenTheCountBeganMovedNothing() {
        views.moved(tenant, acme, "USD", "2026-11-10T12:00:00Z", "OPENING", 1, "49");
        views.moved(tenant, acme, "USD", "2026-11-10T13:00:00Z", "EXPANSION", 0, "1");
        MovementsReport report = report("2026-11-01", "2026-11-30");
        assertThat(report.countedSince()).contains(Instant.parse("2026-11-10T12:00:00Z"));
        assertThat(only(report).opening()).isEqualByComparingTo("49");
        assertThat(only(report).subscriptions()).isEqualTo(1);
        assertThat(only(report).started()).isZero();
        assertThat(only(report).newBusiness()).isEqualTo(Moved.NOTHING);
        assertThat(only(report).closing()).isEqualByComparingTo("50");
        assertThat(report("2026-10-01", "2026-10-31").totals()).isEmpty();
        assertThat(report("2026-10-01", "2026-10-31").countedSince()).isPresent();
    }

    @Test
    void itIsTheTenantsOwnAndNotItsCustomers() {
        views.moved(tenant, acme, "USD", "2026-11-10T12:00:00Z", "NEW", 1, "49");
        views.moved(TenantId.next(clock), acme, "USD", "2026-11-10T12:00:00Z", "NEW", 1, "1000");
        assertThat(only(report("2026-11-01", "2026-11-30")).closing()).isEqualByComparingTo("49");
        assertThatThrownBy(() -> reports.movements(staff.only(acme), Period.of(null, null, clock)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(Problems.FORBIDDEN));
    }

    /** A change as the test remembers it. */
    private record Change(String currency, Instant at, String kind, int subscriptions, BigDecimal amount) {}

    @Test
    void anyPeriodIsWhatIsSummedByHand() {
        Random random = new Random(7);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Change change = new Change(
                    random.nextBoolean() ? "USD" : "EUR",
                    Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(200 * 86_400)),
                    KINDS.get(random.nextInt(KINDS.size())),
                    random.nextInt(3) - 1,
                    BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 6));
            changes.add(change);
            views.moved(
                    tenant,
                    CustomerId.next(clock),
                    change.currency(),
                    change.at().toString(),
                    change.kind(),
                    change.subscriptions(),
                    change.amount().toPlainString());
        }
        for (int i = 0; i < 20; i++) {
            LocalDate from = LocalDate.parse("2026-01-01").plusDays(random.nextInt(200));
            LocalDate to = from.plusDays(random.nextInt(100));
            Instant begin = from.atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant end = to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            MovementsReport report = report(from.toString(), to.toString());
            for (Movements total : report.totals()) {
                Predicate<Change> own = change -> change.currency().equals(total.currency());
                Predicate<Change> within = own.and(
                        change -> !change.at().isBefore(begin) && change.at().isBefore(end));
                assertThat(total.opening())
                        .isEqualByComparingTo(
                                sum(changes, own.and(change -> change.at().isBefore(begin))));
                assertThat(total.closing())
                        .isEqualByComparingTo(
                                sum(changes, own.and(change -> change.at().isBefore(end))));
                Map<String, Moved> byKind = Map.of(
                        "NEW", total.newBusiness(),
                        "EXPANSION", total.expansion(),
                        "CONTRACTION", total.contraction(),
                        "CHURN", total.churn(),
                        "REACTIVATION", total.reactivation());
                byKind.forEach((kind, moved) -> {
                    Predicate<Change> such = within.and(change -> change.kind().equals(kind));
                    assertThat(moved.amount()).isEqualByComparingTo(sum(changes, such));
                    assertThat(moved.times())
                            .isEqualTo(changes.stream().filter(such).count());
                });
                assertThat(total.closingSubscriptions())
                        .isEqualTo(changes.stream()
                                .filter(own.and(change -> change.at().isBefore(end)))
                                .mapToInt(Change::subscriptions)
                                .sum());
                List<Movements> days = report.lines().stream()
                        .map(MovementsReport.Line::movements)
                        .filter(line -> line.currency().equals(total.currency()))
                        .collect(Collectors.toList());
                BigDecimal running = total.opening();
                for (Movements day : days) {
                    assertThat(day.opening()).isEqualByComparingTo(running);
                    running = day.closing();
                }
                assertThat(running).isEqualByComparingTo(total.closing());
            }
        }
    }

    private static BigDecimal sum(List<Change> changes, Predicate<Change> which) {
        return changes.stream().filter(which).map(Change::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
