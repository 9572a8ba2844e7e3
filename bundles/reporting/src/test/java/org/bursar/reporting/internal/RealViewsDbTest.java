package org.bursar.reporting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bursar.chathistory.Threads;
import org.bursar.credits.Wallets;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.metering.UsageEvents;
import org.bursar.plans.Subscriptions;
import org.bursar.purchases.Purchases;
import org.bursar.reporting.Period;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** The statements against the views as their owners' migrations make them. */
final class RealViewsDbTest {
    @Test
    void everyReportReadsTheViewsThatTheOwnersPublish() {
        TestClock clock = TestClock.at("2026-11-21T10:15:00Z");
        try (TestDatabase postgres = TestDatabase.fresh()) {
            Database database = postgres.database();
            // any interface of a bundle brings its schema up to date
            database.mapper("credits", Wallets.class);
            database.mapper("plans", Subscriptions.class);
            database.mapper("metering", UsageEvents.class);
            database.mapper("purchases", Purchases.class);
            database.mapper("chat_history", Threads.class);
            NamedCustomers customers = new NamedCustomers();
            CustomerId customer = CustomerId.next(clock);
            customers.names.put(customer, "Acme Corporation");
            ViewReports reports = new ViewReports(database, customers);
            Scope staff = Scope.of(TenantId.next(clock), Actor.system("test"));
            Period month = Period.of(null, null, clock);

            assertThat(reports.usage(staff, Optional.of(customer), month).lines())
                    .isEmpty();
            assertThat(reports.usage(staff, Optional.empty(), month).lines()).isEmpty();
            assertThat(reports.profitability(staff, month, Page.Request.first()).customers())
                    .isEmpty();
            assertThat(reports.revenue(staff, month).lines()).isEqualTo(List.of());
            assertThat(reports.usageSeries(staff, Optional.of(customer), month).lines())
                    .isEmpty();
            assertThat(reports.lifetime(staff, customer, month).lines()).isEmpty();
            assertThat(reports.recurring(staff).lines()).isEmpty();
            assertThat(reports.movements(staff, month).totals()).isEmpty();
            assertThat(reports.engagement(staff, Optional.empty(), month).messages())
                    .isZero();
        }
    }
}
