package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bursar.credits.internal.Books.posting;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bursar.credits.Adjustment;
import org.bursar.credits.Adjustment.Operation;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Hold;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Lot;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.credits.Wallets;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lots over a real PostgreSQL. */
final class LotsDbTest {
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

    private void use(CustomerId customer, String amount) {
        books.post(posting(customer, "-" + amount, UUID.randomUUID(), false));
    }

    private LedgerEntry latest(CustomerId customer) {
        return entries(customer).get(0);
    }

    private List<LedgerEntry> entries(CustomerId customer) {
        return books.wallets
                .entries(books.scope, customer, Wallets.Order.NEWEST_FIRST, new Page.Request(50, null))
                .items();
    }

    private List<LedgerEntry> expiries(CustomerId customer) {
        return entries(customer).stream()
                .filter(entry -> entry.kind() == EntryKind.EXPIRY)
                .toList();
    }

    /** What the rows say without what readers add to it. */
    private String rows(CustomerId customer) {
        return books.askOwner(
                "string_agg(seq || ':' || trim_scale(remaining), ' ' order by seq)",
                "credits.lot where wallet_id = '" + customer.uuid() + "'");
    }

    @Test
    void creditIsSpentByPriorityThenByExpiryThenByAge() {
        CustomerId customer = books.customer();
        books.grant(customer, "10", 100, null, "a");
        books.grant(customer, "10", 100, books.in(900), "b");
        books.grant(customer, "10", 100, books.in(600), "c");
        books.grant(customer, "10", 100, null, "d");
        books.grant(customer, "10", 50, null, "e");
        assertThat(books.lots(customer)).isEqualTo("5:10.00 3:10.00 2:10.00 1:10.00 4:10.00");
        use(customer, "12");
        assertThat(books.lots(customer)).isEqualTo("3:8.00 2:10.00 1:10.00 4:10.00");
        books.take(customer, "27");
        assertThat(books.lots(customer)).isEqualTo("1:1.00 4:10.00");
    }

    @Test
    void aPlainDebitChangesNoLotsRow() {
        CustomerId customer = books.customerWith("10");
        books.grant(customer, "10", 50, books.in(60), "promotion");
        String before = rows(customer);
        use(customer, "3");
        books.take(customer, "9");
        assertThat(rows(customer)).isEqualTo(before).isEqualTo("1:10 2:10");
        assertThat(books.lots(customer)).isEqualTo("1:8.00");
    }

    @Test
    void whatWasSpentBeforeAGrantIsNotTakenFromIt() {
        CustomerId customer = books.customerWith("10");
        use(customer, "4");
        books.grant(customer, "5", 0, null, "promotion");
        assertThat(books.lots(customer)).isEqualTo("3:5.00 1:6.00");
    }

    @Test
    void whatIsOwedIsPaidByTheNextGrant() {
        CustomerId customer = books.customerWith("10");
        use(customer, "13");
        assertThat(books.lots(customer)).isEmpty();
        books.grant(customer, "2", 100, null, "too little");
        books.grant(customer, "5", 100, null, "enough");
        assertThat(books.lots(customer)).isEqualTo("4:4.00");
    }

    @Test
    void expiredCreditIsGoneAtItsTimeWhetherTheJobRanOrNot() {
        CustomerId customer = books.customerWith("10");
        books.grant(customer, "10", 50, books.in(60), "promotion");
        use(customer, "3");
        books.clock.advance(Duration.ofSeconds(60));
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("10");
        assertThat(books.ledger
                        .balances(books.scope, List.of(customer))
                        .get(customer)
                        .balance())
                .isEqualByComparingTo("10");
        assertThat(books.wallets.list(books.scope, new Page.Request(200, null)).items())
                .anySatisfy(wallet -> assertThat(wallet.balance().balance()).isEqualByComparingTo("10"));
        assertThat(books.lots(customer)).isEqualTo("1:10.00");
        assertThat(books.take(customer, "10.000001"))
                .isInstanceOfSatisfying(
                        PostResult.Insufficient.class,
                        refused -> assertThat(refused.available()).isEqualByComparingTo("10"));
        assertThat(books.take(customer, "10")).isInstanceOf(PostResult.Posted.class);
        assertThat(expiries(customer)).singleElement().satisfies(entry -> {
            assertThat(entry.amount()).isEqualByComparingTo("-7");
            assertThat(entry.reference()).isEqualTo("lot-2");
        });
    }

    @Test
    void aHoldIsNotPlacedOnExpiredCredit() {
        CustomerId customer = books.customer();
        books.grant(customer, "10", 50, books.in(60), "promotion");
        books.clock.advance(Duration.ofSeconds(59));
        books.hold(customer, "4", 5);
        books.clock.advance(Duration.ofSeconds(1));
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> books.hold(customer, "1", 60));
        assertThat(refused.problem().code().code()).isEqualTo("insufficient_credits");
        assertThat(refused.problem().extensions()).containsEntry("available", "0.00");
    }

    @Test
    void usageAfterTheExpiryTakesNothingFromTheLot() {
        CustomerId customer = books.customerWith("1");
        books.grant(customer, "10", 50, books.in(60), "promotion");
        books.clock.advance(Duration.ofSeconds(61));
        use(customer, "5");
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("-4");
        assertThat(expiries(customer))
                .singleElement()
                .satisfies(entry -> assertThat(entry.amount()).isEqualByComparingTo("-10"));
    }

    @Test
    void theJobPostsWhatNobodyCameToAndOnlyOnce() {
        List<CustomerId> customers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CustomerId customer = books.customerWith("1");
            books.grant(customer, "10", 50, books.in(60 + i), "promotion");
            customers.add(customer);
        }
        books.lotExpiry.run();
        books.clock.advance(Duration.ofSeconds(62));
        books.lotExpiry.run();
        books.lotExpiry.run();
        for (int i = 0; i < 5; i++) {
            assertThat(expiries(customers.get(i))).hasSize(i <= 2 ? 1 : 0);
            assertThat(books.balance(customers.get(i)).balance()).isEqualByComparingTo(i <= 2 ? "1" : "11");
        }
    }

    @Test
    void theJobComesToAnEndOfManyWithoutLeavingOneOut() {
        CustomerId customer = books.customer();
        List<Posting> promotions = new ArrayList<>();
        for (int i = 0; i < LotExpiry.BATCH + 20; i++) {
            promotions.add(Books.grantOf(customer, "0.01", i % 7, books.in(60 + i % 3), "promotion"));
        }
        books.ledger.post(books.scope, promotions);
        books.clock.advance(Duration.ofMinutes(2));
        books.lotExpiry.run();
        assertThat(books.balance(customer).balance()).isZero();
        assertThat(rows(customer)).doesNotContain(":0.01");
    }

    @Test
    void holdsKeepWhatTheyReserveUntilTheyGiveItBack() {
        CustomerId customer = books.customer();
        books.grant(customer, "10", 100, books.in(60), "promotion");
        Hold hold = books.hold(customer, "6", 600);
        books.clock.advance(Duration.ofSeconds(60));
        books.lotExpiry.run();
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("6");
        assertThat(books.lots(customer)).isEqualTo("1:6.00");
        books.holds.settle(books.scope, hold.id(), new BigDecimal("4"), true);
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("0");
        assertThat(books.lots(customer)).isEmpty();
        books.lotExpiry.run();
        assertThat(expiries(customer))
                .extracting(entry -> entry.amount().toPlainString())
                .containsExactly("-2.000000", "-4.000000");
    }

    @Test
    void settlingLateTakesFromWhatWasKeptForIt() {
        CustomerId customer = books.customer();
        books.grant(customer, "10", 100, books.in(60), "promotion");
        Hold hold = books.hold(customer, "6", 600);
        books.clock.advance(Duration.ofSeconds(90));
        books.holds.settle(books.scope, hold.id(), new BigDecimal("6"), true);
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("0");
        assertThat(expiries(customer))
                .singleElement()
                .satisfies(entry -> assertThat(entry.amount()).isEqualByComparingTo("-4"));
    }

    @Test
    void asLongAsTheRestCoversTheHoldsALotExpiresAsAWhole() {
        CustomerId customer = books.customerWith("10");
        books.grant(customer, "10", 50, books.in(60), "promotion");
        books.hold(customer, "6", 600);
        books.clock.advance(Duration.ofSeconds(60));
        books.lotExpiry.run();
        assertThat(books.lots(customer)).isEqualTo("1:10.00");
    }

    @Test
    void aRefundTakesFromItsOwnLotFirst() {
        CustomerId customer = books.customer();
        books.grant(customer, "10", 100, null, "pur_1");
        books.grant(customer, "10", 100, null, "pur_2");
        use(customer, "3");
        books.refund(customer, "-6", "pur_2");
        assertThat(books.lots(customer)).isEqualTo("1:7.00 2:4.00");
        books.refund(customer, "-4", "pur_2");
        assertThat(books.lots(customer)).isEqualTo("1:7.00");
    }

    @Test
    void whatOfARefundIsSpentAlreadyComesFromTheRestAndThenIsOwed() {
        CustomerId customer = books.customer();
        books.grant(customer, "10", 100, null, "pur_1");
        books.grant(customer, "5", 100, null, "pur_2");
        use(customer, "8");
        books.refund(customer, "-10", "pur_1");
        assertThat(books.balance(customer).balance()).isEqualByComparingTo("-3");
        assertThat(books.lots(customer)).isEmpty();
    }

    @Test
    void whatARefundGivesBackHasTheTermsOfItsLot() {
        CustomerId customer = books.customer();
        books.grant(customer, "10", 30, books.in(60), "pur_1");
        books.refund(customer, "-10", "pur_1");
        books.grant(customer, "10", 100, null, "pur_2");
        books.refund(customer, "10", "pur_1");
        Lot back = books.wallets.contents(books.scope, customer).lots().get(0);
        assertThat(back.priority()).isEqualTo(30);
        assertThat(back.expiresAt()).isEqualTo(books.in(60));
        assertThat(back.reference()).isEqualTo("pur_1");
        books.clock.advance(Duration.ofSeconds(60));
        assertThat(books.lots(customer)).isEqualTo("3:10.00");
    }

    @Test
    void anAdjustmentHasTermsOnlyWhenItAdds() {
        CustomerId customer = books.customerWith("1");
        Adjustment promotion =
                new Adjustment(Operation.ADD, BigDecimal.TEN, "welcome", Optional.of(books.in(3_600)), Optional.of(10));
        books.wallets.adjust(books.scope, customer, promotion, UUID.randomUUID());
        assertThat(books.lots(customer)).isEqualTo("2:10.00 1:1.00");
        assertThat(refused(customer, Operation.DEDUCT, 60, 10)).containsExactly("/expiresAt", "/priority");
        assertThat(refused(customer, Operation.ADD, 0, 1_001)).containsExactly("/expiresAt", "/priority");
        assertThat(refused(customer, Operation.ADD, Integer.MAX_VALUE, -1)).containsExactly("/priority");
    }

    private List<String> refused(CustomerId customer, Operation operation, int seconds, int priority) {
        Adjustment wrong = new Adjustment(
                operation, BigDecimal.ONE, "wrong", Optional.of(books.in(seconds)), Optional.of(priority));
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> books.wallets.adjust(books.scope, customer, wrong, UUID.randomUUID()));
        return refused.problem().errors().stream().map(FieldError::pointer).toList();
    }

    @Test
    void thePagesOfLotsAreWholeAndSayWhatIsLeft() {
        CustomerId customer = books.customer();
        books.grant(customer, "1", 100, null, "a");
        books.grant(customer, "2", 100, books.in(60), "b");
        books.grant(customer, "3", 100, null, "c");
        use(customer, "2.5");
        List<Lot> all = new ArrayList<>();
        String next = null;
        do {
            Page<Lot> page = books.wallets.lots(books.scope, customer, new Page.Request(2, next));
            all.addAll(page.items());
            next = page.next();
        } while (next != null);
        assertThat(all).extracting(Lot::seq).containsExactly(3L, 2L, 1L);
        assertThat(all)
                .extracting(lot -> lot.remaining().stripTrailingZeros().toPlainString())
                .containsExactly("3", "0", "0.5");
        assertThat(latest(customer).kind()).isEqualTo(EntryKind.USAGE);
    }

    @Test
    void anotherCustomersCallersSeeNoLots() {
        CustomerId customer = books.customerWith("5");
        CustomerId other = books.customer();
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> books.wallets.contents(books.scope.only(other), customer));
        assertThat(refused.problem().code().status()).isEqualTo(404);
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> books.wallets.lots(books.scope.only(other), customer, new Page.Request(9, null)))
                        .problem()
                        .code()
                        .status())
                .isEqualTo(404);
    }

    @Test
    void walletsFromBeforeThereWereLotsGetThem() throws IOException {
        CustomerId customer = books.customerWith("10");
        use(customer, "3");
        books.grant(customer, "4", 100, null, "b");
        use(customer, "9");
        books.grant(customer, "5", 100, null, "c");
        CustomerId owing = books.customerWith("1");
        use(owing, "2");
        CustomerId empty = books.customer();
        String before = books.lots(customer);
        assertThat(before).isEqualTo("3:2.00 5:5.00");
        books.asOwner("drop table credits.lot; alter table credits.wallet drop column next_expiry");
        try (InputStream file =
                Objects.requireNonNull(getClass().getResourceAsStream("/db/migration/V003__lots.sql"))) {
            String application = '"' + postgres.address().application().user() + '"';
            postgres.executeAsOwner(
                    new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("${app}", application));
        }
        assertThat(books.lots(customer)).isEqualTo(before);
        assertThat(rows(customer)).isEqualTo("1:0 3:2 5:5");
        assertThat(books.lots(owing)).isEmpty();
        assertThat(books.lots(empty)).isEmpty();
    }
}
