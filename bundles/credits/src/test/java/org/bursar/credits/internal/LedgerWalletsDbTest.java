package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bursar.credits.internal.Books.posting;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.credits.Adjustment;
import org.bursar.credits.Adjustment.Operation;
import org.bursar.credits.EntryKind;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Wallet;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Wallets, adjustments and what credits adds to customers and access, over a real PostgreSQL. */
final class LedgerWalletsDbTest {
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

    @AfterEach
    void theLedgerIsSoundWhateverWasDone() {
        assertThat(books.verify().faults()).isEmpty();
    }

    private LedgerEntry adjust(CustomerId customer, Operation operation, String amount, String reason) {
        return books.wallets.adjust(
                books.scope, customer, new Adjustment(operation, new BigDecimal(amount), reason), UUID.randomUUID());
    }

    private Problem refusal(CustomerId customer, Operation operation, String amount, String reason) {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> adjust(customer, operation, amount, reason));
        assertThat(refused).as("a refusal").isNotNull();
        return refused.problem();
    }

    @Test
    void aNewCustomersWalletIsEmptyAndInTheTenantsUnit() {
        CustomerId customer = books.customer();
        Wallet wallet = books.wallets.get(books.scope, customer);
        assertThat(wallet.balance().unit()).isEqualTo("USD");
        assertThat(wallet.balance().balance()).isEqualByComparingTo("0");
        assertThat(wallet.lastSeq()).isZero();
        books.part.created(books.scope, customer, Optional.empty());
        assertThat(books.wallets.get(books.scope, customer)).isEqualTo(wallet);
    }

    @Test
    void aCustomersOwnCallersAdjustNothingWhateverTheyMayDo() {
        CustomerId customer = books.customerWith("5");
        for (Operation operation : Operation.values()) {
            Adjustment adjustment = new Adjustment(operation, new BigDecimal("1"), "please");
            ProblemException refused = catchThrowableOfType(
                    ProblemException.class,
                    () -> books.wallets.adjust(books.scope.only(customer), customer, adjustment, UUID.randomUUID()));
            assertThat(refused).as("a refusal").isNotNull();
            assertThat(refused.problem().code().status()).isEqualTo(403);
        }
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("5");
        assertThat(books.audited).isEmpty();
    }

    @Test
    void anAdjustmentIsAnEntryWithItsReasonAndIsAudited() {
        CustomerId customer = books.customerWith("488.30");
        LedgerEntry entry = adjust(customer, Operation.ADD, "10.00", "  goodwill ");
        assertThat(entry.kind()).isEqualTo(EntryKind.ADJUSTMENT);
        assertThat(entry.reason()).isEqualTo("goodwill");
        assertThat(entry.balanceAfter()).isEqualByComparingTo("498.30");
        assertThat(books.wallets.entry(books.scope, customer, entry.seq()).reason())
                .isEqualTo("goodwill");
        assertThat(books.audited).hasSize(1);
        assertThat(books.audited.get(0))
                .startsWith("wallet.adjust " + customer)
                .contains("488.30")
                .contains("498.30");
    }

    @Test
    void aDeductionTakesNoMoreThanIsAvailable() {
        CustomerId customer = books.customerWith("10");
        books.hold(customer, "4", 60);
        Problem problem = refusal(customer, Operation.DEDUCT, "6.01", "correction");
        assertThat(problem.code().status()).isEqualTo(402);
        assertThat(problem.code().code()).isEqualTo("insufficient_credits");
        assertThat(problem.extensions()).containsEntry("available", "6.00");
        assertThat(books.audited).isEmpty();
        assertThat(adjust(customer, Operation.DEDUCT, "6", "correction").amount())
                .isEqualByComparingTo("-6");
    }

    @Test
    void anAdjustmentThatIsNotOneIsRefusedByField() {
        CustomerId customer = books.customerWith("10");
        for (String amount : List.of("0", "-5", "0.0000001", "123456789012345")) {
            assertThat(refusal(customer, Operation.ADD, amount, "why")
                            .errors()
                            .get(0)
                            .pointer())
                    .isEqualTo("/amount");
        }
        for (String reason : List.of("", "  ", "x".repeat(501))) {
            assertThat(refusal(customer, Operation.ADD, "1", reason)
                            .errors()
                            .get(0)
                            .pointer())
                    .isEqualTo("/reason");
        }
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("10");
    }

    @Test
    void theSameKeyAdjustsAndIsAuditedOnce() {
        CustomerId customer = books.customer();
        UUID key = UUID.randomUUID();
        Adjustment adjustment = new Adjustment(Operation.ADD, BigDecimal.TEN, "goodwill");
        LedgerEntry first = books.wallets.adjust(books.scope, customer, adjustment, key);
        LedgerEntry second = books.wallets.adjust(books.scope, customer, adjustment, key);
        assertThat(second.seq()).isEqualTo(first.seq());
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("10");
        assertThat(books.audited).hasSize(1);
    }

    @Test
    void aDeletedOrUnknownCustomerIsNotAdjusted() {
        CustomerId customer = books.customerWith("10");
        books.delete(customer);
        assertThat(refusal(customer, Operation.ADD, "1", "why").code().status()).isEqualTo(404);
        assertThat(refusal(CustomerId.next(books.clock), Operation.ADD, "1", "why")
                        .code()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aBalanceBeyondWhatIsStoredIsARefusal() {
        CustomerId customer = books.customerWith("99999999999999");
        assertThat(refusal(customer, Operation.ADD, "1", "why").code().code()).isEqualTo("balance_out_of_range");
    }

    @Test
    void aCustomerIsServedUntilItOwes() {
        BalanceRule rule = new BalanceRule(books.ledger);
        CustomerId customer = books.customer();
        assertThat(rule.refusal(books.scope, customer, Optional.empty())).isEmpty();
        books.post(posting(customer, "-0.000001", UUID.randomUUID(), false));
        assertThat(rule.refusal(books.scope, customer, Optional.empty()))
                .hasValueSatisfying(reason -> assertThat(reason.code()).isEqualTo("insufficient_credits"));
        books.overdraft(customer, "1");
        assertThat(rule.refusal(books.scope, customer, Optional.empty())).isEmpty();
        assertThat(rule.refusal(books.scope, CustomerId.next(books.clock), Optional.empty()))
                .isPresent();
    }

    @Test
    void theListsBalanceIsExactAndZeroWhereThereIsNoWallet() {
        CustomerId customer = books.customerWith("488.3");
        CustomerId stranger = CustomerId.next(books.clock);
        Map<CustomerId, Map<String, Object>> facts =
                new WalletFacts(books.ledger).facts(books.scope, List.of(customer, stranger));
        assertThat(facts).containsEntry(customer, Map.of("balance", "488.30"));
        assertThat(facts).containsEntry(stranger, Map.of("balance", "0.00"));
    }

    @Test
    void walletsArePagedWithoutGapOrRepetition() {
        List<CustomerId> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(books.customer());
        }
        List<CustomerId> paged = new ArrayList<>();
        String after = null;
        do {
            Page<Wallet> page = books.wallets.list(books.scope, new Page.Request(2, after));
            page.items().forEach(wallet -> paged.add(wallet.customer()));
            after = page.next();
        } while (after != null);
        assertThat(paged).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        CustomerId customer = books.customerWith("1");
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> books.wallets.list(books.scope, new Page.Request(2, "bm9uc2Vuc2U")));
        assertThat(refused.problem().errors().get(0).pointer()).isEqualTo("/after");
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("1");
    }
}
