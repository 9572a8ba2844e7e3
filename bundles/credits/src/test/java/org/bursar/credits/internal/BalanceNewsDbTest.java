package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.credits.internal.Books.posting;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.testing.TestDatabase;
import org.bursar.webhooks.Announcement;
import org.bursar.webhooks.Announcements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a tenant's systems are told of balances. */
class BalanceNewsDbTest {
    private static TestDatabase postgres;

    private final Books books = new Books(postgres);
    private final List<Announcement> told = new CopyOnWriteArrayList<>();
    private volatile boolean wanted = true;
    private volatile boolean broken;
    private final BalanceNews news = new BalanceNews(books.database, tenants(), announcements(), books.clock);

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private Announcements announcements() {
        return new Announcements() {
            @Override
            public void put(Scope scope, Announcement announcement) {
                if (broken) {
                    throw new IllegalStateException("the outbox is not there");
                }
                told.add(announcement);
            }

            @Override
            public boolean wanted(Scope scope, String type) {
                return wanted;
            }
        };
    }

    private TenantDirectory tenants() {
        return new TenantDirectory() {
            @Override
            public Optional<TenantId> bySlug(String slug) {
                return Optional.empty();
            }

            @Override
            public Optional<TenantId> byHost(String host) {
                return Optional.empty();
            }

            @Override
            public boolean exists(TenantId tenant) {
                return true;
            }

            @Override
            public List<TenantId> all() {
                return List.of(books.scope.tenant());
            }
        };
    }

    private void post(CustomerId customer, String amount) {
        books.database.run(
                books.scope,
                () -> books.ledger.post(books.scope, List.of(posting(customer, amount, UUID.randomUUID(), false))));
    }

    @Test
    void manyEntriesMakeOneEventWithTheBalanceAsItIsAndWhatWasThereBeforeIsNoNews() {
        CustomerId old = books.customerWith("7");
        news.run();
        news.run();
        assertThat(told).isEmpty();

        post(old, "-1");
        post(old, "-1.5");
        CustomerId fresh = books.customerWith("3");
        news.run();
        news.run();

        assertThat(told).hasSize(2);
        assertThat(told)
                .filteredOn(one -> one.customer().equals(Optional.of(old)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.type()).isEqualTo("balance.changed");
                    assertThat(one.data().get("balance").toString()).startsWith("4.5");
                });
        assertThat(told).anyMatch(one -> one.customer().equals(Optional.of(fresh)));
    }

    @Test
    void whatCouldNotBeStoredIsToldLaterAndWhatNobodyWantsIsForgotten() {
        news.run();
        CustomerId customer = books.customerWith("3");
        broken = true;
        news.run();
        assertThat(told).isEmpty();
        broken = false;
        news.run();
        assertThat(told).hasSize(1);

        wanted = false;
        news.run();
        post(customer, "-1");
        wanted = true;
        news.run();
        news.run();
        assertThat(told).hasSize(1);
        post(customer, "-1");
        news.run();
        assertThat(told).hasSize(2);
    }
}
