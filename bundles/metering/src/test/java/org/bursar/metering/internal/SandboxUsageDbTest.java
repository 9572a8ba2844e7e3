package org.bursar.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.UsageEventId;
import org.bursar.metering.EventResult;
import org.bursar.metering.ExplainedEvent;
import org.bursar.metering.StoredEvent;
import org.bursar.metering.UsageFilter;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usage of a sandbox, whose clock is somewhere else than the real one. */
class SandboxUsageDbTest {
    private static final Instant WALL = Instant.parse("2026-11-21T10:00:00Z");

    private static TestDatabase postgres;
    private Sandbox box;
    private CustomerId customer;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void sandbox() {
        box = new Sandbox(postgres, WALL, WALL);
        customer = box.customer("scale");
    }

    private List<StoredEvent> events() {
        return box.usage
                .events(box.scope, customer, UsageFilter.all(), Page.Request.first())
                .items();
    }

    @Test
    void lateAndEarlyAreJudgedByTheSandboxsClock() {
        Instant then = Instant.parse("2028-05-05T12:00:00Z");
        box.go(then);
        assertThat(box.use("now", customer, "1", Optional.empty())).isInstanceOf(EventResult.Accepted.class);
        assertThat(box.use("late", customer, "1", Optional.of(then.minus(Duration.ofDays(35)))))
                .isInstanceOf(EventResult.Accepted.class);
        assertThat(box.use("too-late", customer, "1", Optional.of(then.minus(Duration.ofDays(36)))))
                .isInstanceOf(EventResult.Rejected.class);
        assertThat(box.use("of-the-real-day", customer, "1", Optional.of(WALL)))
                .isInstanceOf(EventResult.Rejected.class);
        assertThat(box.use("too-early", customer, "1", Optional.of(then.plus(Duration.ofHours(25)))))
                .isInstanceOf(EventResult.Rejected.class);
        assertThat(events()).extracting(StoredEvent::time).contains(then, then.minus(Duration.ofDays(35)));
    }

    @Test
    void anEventOfAnotherYearIsFoundAndExplained() {
        box.go(Instant.parse("2028-05-05T12:00:00Z"));
        box.use("dear", customer, "110", Optional.empty());
        ExplainedEvent explained = box.usage.explain(
                box.scope, customer, new UsageEventId(events().get(0).eventId()));
        assertThat(explained.charge()).isEqualByComparingTo(new BigDecimal("0.85"));
    }

    @Test
    void whatCameTwiceIsCountedOnceHoweverFarTheClockWasMoved() {
        assertThat(box.use("once", customer, "1", Optional.empty())).isInstanceOf(EventResult.Accepted.class);
        box.go(WALL.plus(Duration.ofDays(300)));
        assertThat(box.use("once", customer, "1", Optional.empty())).isInstanceOf(EventResult.Duplicate.class);
        // after days of real time it is another one, and is charged although no time went by for the sandbox
        box.use("again", customer, "150", Optional.empty());
        BigDecimal before = box.balance(customer);
        box.wall.advance(Duration.ofDays(5));
        assertThat(box.use("again", customer, "150", Optional.empty())).isInstanceOf(EventResult.Accepted.class);
        assertThat(box.balance(customer)).isLessThan(before);
    }

    @Test
    void whenTheDayComesTheEventsMoveIntoItsPartition() {
        Instant day = Instant.parse("2027-02-03T12:00:00Z");
        box.go(day);
        box.use("first", customer, "1", Optional.empty());
        assertThat(in("usage_event_default")).isEqualTo("1");
        box.wall.set(day);
        new PartitionJob(box.database, box, box.clocks, new Shop.Settings(0)).run();
        assertThat(in("usage_event_default")).isEqualTo("0");
        assertThat(in("usage_event_20270203")).isEqualTo("1");
        assertThat(events()).hasSize(1);
        assertThat(postgres.queryAsOwner("select bool_and(relforcerowsecurity) from pg_class where relname in"
                        + " ('usage_event_default', 'usage_event_20270203')"))
                .isEqualTo("t");
    }

    /** How many of the customer's events lie there. */
    private String in(String partition) {
        return box.rows("""
                select count(*) as n from metering.usage_event
                 where customer_id = ? and tableoid = 'metering.%s'::regclass""".formatted(partition), customer)
                .get(0)
                .replace("n=", "")
                .strip();
    }

    @Test
    void aSandboxThatWasLeftBehindKeepsWhatItCountsToday() {
        Instant then = Instant.parse("2025-01-10T00:00:00Z");
        box = new Sandbox(postgres, then, Instant.parse("2026-06-01T00:00:00Z"));
        customer = box.customer("scale");
        box.use("today", customer, "1", Optional.empty());
        box.use("not-long-ago", customer, "1", Optional.of(then.minus(Duration.ofDays(30))));
        new PartitionJob(box.database, box, box.clocks, new Shop.Settings(70)).run();
        assertThat(events()).hasSize(2);
    }

    @Test
    void whatARequestMadeDueHappensWhenTheClockIsMovedAndNotWhenAJobRuns() {
        box.go(WALL.plus(Duration.ofDays(40)));
        assertThat(renewals()).as("nothing to pay with").isZero();
        box.pay(customer, "100");
        box.wall.advance(Duration.ofDays(400));
        box.renewals.run();
        box.holdExpiry.run();
        box.lotExpiry.run();
        assertThat(renewals()).isZero();
        box.go(box.now());
        assertThat(renewals()).isEqualTo(1);
    }

    private int renewals() {
        return box.rows("select seq from credits.entry where kind = 5 and wallet_id = ?", customer)
                .size();
    }
}
