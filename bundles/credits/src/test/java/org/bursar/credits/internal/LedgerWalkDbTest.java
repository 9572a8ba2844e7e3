package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.credits.internal.Books.posting;

import java.util.UUID;
import org.bursar.credits.LedgerVerification.Report;
import org.bursar.kernel.CustomerId;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proof fails when somebody who may do everything has changed a row. */
final class LedgerWalkDbTest {
    private static TestDatabase postgres;

    private final Books books = new Books(postgres);
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
    void aSoundLedger() {
        for (int i = 0; i < 120; i++) {
            books.customer();
        }
        customer = books.customerWith("500");
        books.customer();
        for (int i = 0; i < 4; i++) {
            books.post(posting(customer, "-8.5", UUID.randomUUID(), false));
        }
        books.hold(customer, "5", 600);
        books.holds.settle(books.scope, books.hold(customer, "5", 600).id(), new java.math.BigDecimal("3.2"), false);
        Report report = books.verify();
        assertThat(report.sound()).isTrue();
        assertThat(report.wallets()).isEqualTo(122);
        assertThat(report.entries()).isEqualTo(6);
    }

    private void expectFaults(String... parts) {
        Report report = books.verify();
        assertThat(report.faults()).hasSize(parts.length);
        assertThat(report.faults())
                .allSatisfy(fault -> assertThat(fault.customer()).isEqualTo(customer));
        for (int i = 0; i < parts.length; i++) {
            assertThat(report.faults().get(i).what()).contains(parts[i]);
        }
    }

    private String ofThisWallet() {
        return " where wallet_id = '" + customer.uuid() + "'";
    }

    @Test
    void aChangedBalanceIsFound() {
        books.asOwner("update credits.wallet set balance = balance + 0.000001" + ofThisWallet());
        expectFaults("balance is 462.800001, its entries sum to 462.80");
    }

    @Test
    void aChangedAmountIsFound() {
        books.asOwner("update credits.entry set amount = amount - 1" + ofThisWallet() + " and seq = 3");
        expectFaults("its entries sum to 461.80", "after entry 3");
    }

    @Test
    void aChangedBalanceOfAnEntryIsFound() {
        books.asOwner("update credits.entry set balance_after = 1" + ofThisWallet() + " and seq = 4");
        expectFaults("after entry 4");
    }

    @Test
    void aMissingEntryIsFound() {
        books.asOwner("delete from credits.entry" + ofThisWallet() + " and seq = 3");
        expectFaults("balance is", "there are 5", "gap before entry 4", "after entry 4");
    }

    @Test
    void aMissingLastEntryIsFoundEvenWhenTheBalanceWasMended() {
        books.asOwner("delete from credits.entry" + ofThisWallet() + " and seq = 6; "
                + "update credits.wallet set balance = balance + 3.2" + ofThisWallet());
        expectFaults("last entry is number 6, there are 5");
    }

    @Test
    void aChangedHeldAmountIsFound() {
        books.asOwner("update credits.wallet set held = held + 1" + ofThisWallet());
        expectFaults("held is 7.80, the rests of open holds sum to 6.80");
    }

    @Test
    void aHoldThatWasClosedByHandIsFound() {
        books.asOwner("update credits.hold set status = 2" + ofThisWallet() + " and settled > 0");
        expectFaults("held is 6.80, the rests of open holds sum to 5.00");
    }

    @Test
    void aMissingLotIsFound() {
        books.asOwner("delete from credits.lot" + ofThisWallet());
        expectFaults("there are 0 lots for 1 positive entries", "the lots hold 0.00, less than the balance of 462.80");
    }

    @Test
    void aLotThatHoldsTooLittleIsFound() {
        books.asOwner("update credits.lot set remaining = 462.799999" + ofThisWallet());
        expectFaults("the lots hold 462.799999, less than the balance of 462.80");
    }

    @Test
    void aLotThatIsNotWhatItsEntryAddedIsFound() {
        books.asOwner("update credits.lot set granted = granted + 1" + ofThisWallet());
        expectFaults("lot 1 is not what its entry added");
    }

    @Test
    void anExpiryThatWasNotPostedIsFound() {
        books.asOwner("update credits.lot set remaining = remaining - 1, expired = 1, expires_at = created_at"
                + ofThisWallet());
        expectFaults("what expired of lot 1 is not what its entries of expiry took");
    }
}
