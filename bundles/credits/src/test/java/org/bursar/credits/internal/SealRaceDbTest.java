package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.credits.internal.Books.posting;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bursar.credits.LedgerSeals;
import org.bursar.kernel.CustomerId;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Entries are posted by many while two nodes seal. */
final class SealRaceDbTest {
    private static final int THREADS = 8;
    private static final int WALLETS = 12;
    private static final int POSTINGS = 150;

    private static long entriesNotInExactlyOnePart(TestDatabase postgres, Books books) {
        return SealBooks.count(postgres, books.scope.tenant(), """
                select count(*)
                  from credits.entry e
                 where (select count(*) from credits.seal_part p
                         where p.tenant_id = e.tenant_id and p.wallet_id = e.wallet_id
                           and e.seq between p.from_seq and p.to_seq) <> 1
                """);
    }

    @Test
    void everyEntryIsInExactlyOneSeal() throws Exception {
        try (TestDatabase postgres = TestDatabase.fresh();
                SealedLedgerDbTest.Node node = new SealedLedgerDbTest.Node(postgres)) {
            Books books = new Books(postgres);
            List<CustomerId> customers = new ArrayList<>();
            for (int i = 0; i < WALLETS; i++) {
                customers.add(books.customer());
            }
            List<SealBooks> nodes =
                    List.of(new SealBooks(postgres, books), new SealBooks(postgres, node.database, books));
            ExecutorService threads = Executors.newFixedThreadPool(THREADS + nodes.size());
            AtomicBoolean posting = new AtomicBoolean(true);
            AtomicLong sealed = new AtomicLong();
            List<Future<?>> sealing = new ArrayList<>();
            for (SealBooks each : nodes) {
                sealing.add(threads.submit(() -> {
                    while (posting.get()) {
                        sealed.addAndGet(each.seal());
                    }
                }));
            }
            List<Future<?>> posts = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                posts.add(threads.submit(() -> {
                    for (int i = 0; i < POSTINGS; i++) {
                        CustomerId customer =
                                customers.get(ThreadLocalRandom.current().nextInt(WALLETS));
                        books.post(posting(customer, i % 3 == 0 ? "2.5" : "-1", UUID.randomUUID(), false));
                    }
                }));
            }
            for (Future<?> one : posts) {
                one.get();
            }
            posting.set(false);
            for (Future<?> one : sealing) {
                one.get();
            }
            threads.shutdown();
            sealed.addAndGet(nodes.get(0).seal());
            assertThat(sealed).hasValue(THREADS * POSTINGS);
            assertThat(entriesNotInExactlyOnePart(postgres, books)).isZero();
            LedgerSeals.Report report = nodes.get(1).ledger.check(books.scope);
            assertThat(report.faults()).isEmpty();
            assertThat(report.entries()).isEqualTo(THREADS * POSTINGS);
            assertThat(report.seals()).as("they were at work at the same time").isGreaterThan(5);
            assertThat(SealBooks.verified(nodes.get(0).export())).isEmpty();
        }
    }
}
