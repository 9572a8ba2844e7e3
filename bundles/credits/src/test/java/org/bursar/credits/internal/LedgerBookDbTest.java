package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bursar.credits.internal.Books.posting;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bursar.credits.EntryKind;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.credits.Wallets.Order;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.testing.TestDatabase;
import org.bursar.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ledger over a real PostgreSQL. */
final class LedgerBookDbTest {
    private static TestDatabase postgres;

    private final Books books = new Books(postgres);

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private List<LedgerEntry> entries(CustomerId customer) {
        return books.wallets
                .entries(books.scope, customer, Order.OLDEST_FIRST, Page.Request.first())
                .items();
    }

    private static LedgerEntry entry(PostResult result) {
        return ((PostResult.Posted) result).entry();
    }

    @Test
    void aPostingIsAnEntryAndMovesTheBalance() {
        CustomerId customer = books.customer();
        LedgerEntry first = entry(books.post(posting(customer, "500.00", UUID.randomUUID(), false)));
        LedgerEntry second = entry(books.post(posting(customer, "-8.5", UUID.randomUUID(), false)));
        assertThat(first.seq()).isEqualTo(1);
        assertThat(second.seq()).isEqualTo(2);
        assertThat(second.balanceAfter()).isEqualByComparingTo("491.50");
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("491.50");
        assertThat(entries(customer)).extracting(LedgerEntry::seq).containsExactly(1L, 2L);
        assertThat(entries(customer))
                .extracting(LedgerEntry::kind)
                .containsExactly(EntryKind.PURCHASE, EntryKind.USAGE);
        assertThat(books.verify().sound()).isTrue();
    }

    @Test
    void aRepeatedKeyAnswersTheEntryThatIsThereAndPostsNothing() {
        CustomerId customer = books.customer();
        UUID key = UUID.randomUUID();
        LedgerEntry first = entry(books.post(posting(customer, "20", key, false)));
        PostResult again = books.post(posting(customer, "20", key, false));
        PostResult other = books.post(posting(customer, "999", key, false));
        assertThat(((PostResult.Posted) again).before()).isTrue();
        assertThat(entry(again).seq()).isEqualTo(first.seq());
        assertThat(entry(again).createdAt()).isEqualTo(first.createdAt());
        assertThat(entry(other).amount()).isEqualByComparingTo("20");
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("20");
    }

    @Test
    void aKeyTwiceInOneCallPostsOnce() {
        CustomerId customer = books.customer();
        UUID key = UUID.randomUUID();
        List<PostResult> results = books.ledger.post(
                books.scope, List.of(posting(customer, "20", key, false), posting(customer, "20", key, false)));
        assertThat(((PostResult.Posted) results.get(0)).before()).isFalse();
        assertThat(((PostResult.Posted) results.get(1)).before()).isTrue();
        assertThat(entries(customer)).hasSize(1);
    }

    @Test
    void theDatabaseItselfRefusesAKeyTwiceInOneWallet() {
        CustomerId customer = books.customerWith("10");
        UUID key = UUID.randomUUID();
        books.post(posting(customer, "5", key, false));
        assertThatThrownBy(() -> postgres.executeAsOwner(
                        "set app.tenant = '" + books.scope.tenant().uuid() + "'; "
                                + "insert into credits.entry (tenant_id, wallet_id, seq, amount, balance_after, contra, kind,"
                                + " idempotency_key, created_at) select tenant_id, wallet_id, seq + 1, amount,"
                                + " balance_after + amount, contra, kind, idempotency_key, created_at from credits.entry"
                                + " where idempotency_key = '" + key + "'"))
                .hasStackTraceContaining("entry_once");
    }

    @Test
    void theSameKeyInTwoWalletsPostsInBoth() {
        CustomerId one = books.customer();
        CustomerId two = books.customer();
        UUID key = UUID.randomUUID();
        books.ledger.post(books.scope, List.of(posting(one, "1", key, false), posting(two, "2", key, false)));
        assertThat(books.balance(one).balance()).isEqualByComparingTo("1");
        assertThat(books.balance(two).balance()).isEqualByComparingTo("2");
    }

    @Test
    void guardedPostingsAreDecidedInOrderAndEachByWhatTheOthersLeft() {
        CustomerId customer = books.customerWith("10");
        List<PostResult> results = books.ledger.post(
                books.scope,
                List.of(
                        posting(customer, "-6", UUID.randomUUID(), true),
                        posting(customer, "-6", UUID.randomUUID(), true),
                        posting(customer, "3", UUID.randomUUID(), true),
                        posting(customer, "-7", UUID.randomUUID(), true)));
        assertThat(results.get(0)).isInstanceOf(PostResult.Posted.class);
        assertThat(((PostResult.Insufficient) results.get(1)).available()).isEqualByComparingTo("4");
        assertThat(results.get(2)).isInstanceOf(PostResult.Posted.class);
        assertThat(results.get(3)).isInstanceOf(PostResult.Posted.class);
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("0");
        assertThat(books.verify().sound()).isTrue();
    }

    @Test
    void whatIsHeldIsNotThereForGuardedPostings() {
        CustomerId customer = books.customerWith("10");
        books.hold(customer, "7.5", 60);
        assertThat(books.take(customer, "2.500001")).isInstanceOf(PostResult.Insufficient.class);
        assertThat(books.take(customer, "2.5")).isInstanceOf(PostResult.Posted.class);
    }

    @Test
    void anOverdraftLetsGuardedPostingsGoBelowZeroButNoFurther() {
        CustomerId customer = books.customerWith("1");
        books.overdraft(customer, "5");
        assertThat(books.take(customer, "6.000001")).isInstanceOf(PostResult.Insufficient.class);
        assertThat(books.take(customer, "6")).isInstanceOf(PostResult.Posted.class);
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("-5");
    }

    @Test
    void usageIsAFactAndGoesBelowZero() {
        CustomerId customer = books.customer();
        assertThat(books.post(posting(customer, "-3.25", UUID.randomUUID(), false)))
                .isInstanceOf(PostResult.Posted.class);
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("-3.25");
    }

    @Test
    void aWalletThatIsNotThereIsAnsweredAndHarmsNoOther() {
        CustomerId customer = books.customer();
        List<PostResult> results = books.ledger.post(
                books.scope,
                List.of(
                        posting(CustomerId.next(books.clock), "1", UUID.randomUUID(), false),
                        posting(customer, "1", UUID.randomUUID(), false)));
        assertThat(results.get(0)).isInstanceOf(PostResult.NoWallet.class);
        assertThat(results.get(1)).isInstanceOf(PostResult.Posted.class);
    }

    @Test
    void aBalanceTooLargeToBeStoredIsRefusedInWordsAndPostsNothing() {
        CustomerId customer = books.customerWith("99999999999999.999999");
        assertThatThrownBy(() -> books.post(posting(customer, "0.000001", UUID.randomUUID(), false)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("balance_out_of_range");
        CustomerId debtor = books.customer();
        books.post(posting(debtor, "-99999999999999.999999", UUID.randomUUID(), false));
        assertThatThrownBy(() -> books.post(posting(debtor, "-1", UUID.randomUUID(), false)))
                .isInstanceOf(ProblemException.class);
        assertThat(entries(customer)).hasSize(1);
        assertThat(entries(debtor)).hasSize(1);
    }

    @Test
    void moreThanAThousandPostingsAtOnceAreRefusedAndAThousandAreNot() {
        CustomerId customer = books.customer();
        List<Posting> thousand = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            thousand.add(posting(customer, "0.01", UUID.randomUUID(), false));
        }
        assertThat(books.ledger.post(books.scope, thousand)).hasSize(1_000);
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("10");
        thousand.add(posting(customer, "0.01", UUID.randomUUID(), false));
        assertThatThrownBy(() -> books.ledger.post(books.scope, thousand)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTransactionThatDiesHalfWayLeavesNothing() {
        CustomerId customer = books.customerWith("10");
        assertThatThrownBy(() -> books.database.run(books.scope, () -> {
                    books.post(posting(customer, "5", UUID.randomUUID(), false));
                    books.hold(customer, "12", 60);
                    throw new IllegalStateException("the machine stops here");
                }))
                .hasMessage("the machine stops here");
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("10");
        assertThat(books.balance(customer).held()).isEqualByComparingTo("0");
        assertThat(entries(customer)).hasSize(1);
        assertThat(books.verify().sound()).isTrue();
    }

    @Test
    void aConnectionThatIsCutHalfWayLeavesNothingAndTheSameKeyThenPosts() {
        CustomerId customer = books.customerWith("10");
        Posting posting = posting(customer, "5", UUID.randomUUID(), false);
        assertThatThrownBy(() -> books.database.run(books.scope, () -> {
                    books.post(posting);
                    cutConnectionsInTransaction();
                    books.hold(customer, "12", 60);
                }))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        e -> assertThat(e.unavailable()).isTrue());
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("10");
        assertThat(((PostResult.Posted) books.post(posting)).before()).isFalse();
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("15");
        assertThat(books.balance(customer).held()).isEqualByComparingTo("0");
        assertThat(books.verify().sound()).isTrue();
    }

    private static void cutConnectionsInTransaction() {
        try (Connection connection = TestPostgres.connectAsApplication(postgres.address());
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                    + " where datname = current_database() and state = 'idle in transaction'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void batchesThatShareWalletsInOppositeOrdersDoNotDeadlock() throws Exception {
        List<CustomerId> customers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            customers.add(books.customer());
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                List<CustomerId> order = new ArrayList<>(customers);
                if (t % 2 == 1) {
                    Collections.reverse(order);
                }
                running.add(threads.submit(() -> {
                    for (int round = 0; round < 25; round++) {
                        // inside a transaction of ours, so that a deadlock would not be repeated silently
                        books.ledger.post(
                                books.scope,
                                order.stream()
                                        .map(customer -> posting(customer, "1", UUID.randomUUID(), false))
                                        .toList());
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        for (CustomerId customer : customers) {
            assertThat(books.balance(customer).balance()).isEqualByComparingTo("100");
        }
        assertThat(postgres.queryAsOwner("select deadlocks from pg_stat_database where datname = current_database()"))
                .isEqualTo("0");
    }

    @Test
    void anotherTenantSeesAndMovesNothing() {
        CustomerId customer = books.customerWith("10");
        Books others = new Books(postgres);
        assertThat(others.ledger.post(others.scope, List.of(posting(customer, "1", UUID.randomUUID(), false))))
                .containsExactly(new PostResult.NoWallet());
        assertThat(others.ledger.balances(others.scope, List.of(customer))).isEmpty();
        assertThatThrownBy(() -> others.wallets.get(others.scope, customer))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(Problems.NOT_FOUND.code());
        assertThatThrownBy(() -> others.wallets.entry(others.scope, customer, 1))
                .isInstanceOf(ProblemException.class);
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("10");
    }

    @Test
    void aCustomersOwnScopeSeesAndMovesItsOwnWalletAlone() {
        CustomerId own = books.customerWith("10");
        CustomerId neighbour = books.customerWith("20");
        Scope scope = new Scope(books.scope.tenant(), Optional.of(Set.of(own)), books.scope.actor());
        assertThat(books.ledger.balances(scope, List.of(own, neighbour))).containsOnlyKeys(own);
        assertThat(books.wallets.list(scope, Page.Request.first()).items()).hasSize(1);
        assertThat(books.ledger.post(
                        scope,
                        List.of(
                                posting(own, "1", UUID.randomUUID(), false),
                                posting(neighbour, "1", UUID.randomUUID(), false))))
                .element(1)
                .isEqualTo(new PostResult.NoWallet());
        assertThatThrownBy(() -> books.wallets.entries(scope, neighbour, Order.NEWEST_FIRST, Page.Request.first()))
                .isInstanceOf(ProblemException.class);
        assertThat(books.walk.verify(scope).wallets()).isEqualTo(1);
        assertThat(books.balance(neighbour).balance()).isEqualByComparingTo("20");
    }

    @Test
    void whatIsInTheLedgerCannotBeChangedByTheApplication() {
        CustomerId customer = books.customerWith("10");
        Tampering tampering = postgres.database().mapper("credits", Tampering.class);
        assertThatThrownBy(() -> books.database.transact(
                        books.scope, () -> tampering.change(books.scope.tenant().uuid(), customer.uuid())))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.sqlState()).isEqualTo("42501"));
        assertThatThrownBy(() -> books.database.transact(
                        books.scope, () -> tampering.remove(books.scope.tenant().uuid(), customer.uuid())))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.sqlState()).isEqualTo("42501"));
        assertThat(entries(customer)).hasSize(1);
    }

    /** What nobody should be able to do. */
    interface Tampering {
        @org.apache.ibatis.annotations.Update(
                "update credits.entry set amount = 1000 where tenant_id = #{tenant} and wallet_id = #{wallet}")
        int change(UUID tenant, UUID wallet);

        @org.apache.ibatis.annotations.Delete(
                "delete from credits.entry where tenant_id = #{tenant} and wallet_id = #{wallet}")
        int remove(UUID tenant, UUID wallet);
    }

    @Test
    void entriesArePagedInBothOrdersWithoutGapOrRepetition() {
        CustomerId customer = books.customer();
        for (int i = 1; i <= 7; i++) {
            books.post(posting(customer, Integer.toString(i), UUID.randomUUID(), false));
        }
        for (Order order : Order.values()) {
            List<Long> seqs = new ArrayList<>();
            String after = null;
            do {
                Page<LedgerEntry> page =
                        books.wallets.entries(books.scope, customer, order, new Page.Request(3, after));
                page.items().forEach(entry -> seqs.add(entry.seq()));
                after = page.next();
            } while (after != null);
            List<Long> expected = new ArrayList<>(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L));
            if (order == Order.NEWEST_FIRST) {
                Collections.reverse(expected);
            }
            assertThat(seqs).isEqualTo(expected);
        }
    }

    @Test
    void theViewsSayInWordsWhatTheCodesMean() {
        CustomerId customer = books.customer();
        for (EntryKind kind : EntryKind.values()) {
            books.post(new Posting(
                    customer, BigDecimal.ONE, kind, Optional.empty(), Optional.empty(), UUID.randomUUID(), false));
        }
        Reports reports = postgres.database().mapper("credits", Reports.class);
        List<String> words = books.database.transact(
                books.scope, () -> reports.kinds(books.scope.tenant().uuid(), customer.uuid()));
        List<String> names = new ArrayList<>();
        for (EntryKind kind : EntryKind.values()) {
            names.add(kind.name().toLowerCase(java.util.Locale.ROOT));
        }
        assertThat(words).isEqualTo(names);
    }

    /** What reports read. */
    interface Reports {
        @org.apache.ibatis.annotations.Select(
                "select kind from credits.entry_view where tenant_id = #{tenant} and customer_id = #{customer}"
                        + " order by seq")
        List<String> kinds(UUID tenant, UUID customer);
    }
}
