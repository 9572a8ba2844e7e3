package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot.Dispute;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.payments.spi.PaymentSnapshot.Refund;
import org.bursar.payments.spi.PaymentSnapshot.RefundStatus;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changed at the provider after a purchase was settled, and of which no webhook ever came. */
class ChangeFeedsDbTest {
    private static World world;
    private static int gateways;

    /** One for each test: the lists of other tests' tenants are read as well. */
    private String listing;

    private ListingProvider provider;
    private Scope scope;
    private CustomerId customer;
    private Purchase purchase;

    @BeforeAll
    static void open() {
        world = new World();
        // the job alone looks, so that a test knows when
        world.queue.close();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void settled() {
        listing = "listing" + gateways++;
        provider = new ListingProvider(listing);
        world.services.register(listing, provider);
        scope = world.tenant();
        customer = world.customer(scope);
        set(true);
        purchase = settled(scope, customer);
        world.changes.run();
        provider.cursors.clear();
    }

    /** The tenant sets something; what matters is that there are settings, and which. */
    private void set(boolean enabled) {
        world.gateways.change(scope, listing, Optional.of(enabled), Optional.of(true), OptionalLong.empty());
    }

    private Purchase settled(Scope buyers, CustomerId buyer) {
        Purchase bought = world.buy(buyers, buyer, listing);
        provider.pays(bought.id(), 45_000);
        world.look.at(buyers, bought.id());
        assertThat(world.purchases.get(buyers, bought.id()).state()).isEqualTo(PurchaseState.APPROVED);
        return bought;
    }

    private void read() {
        world.changes.run();
        world.reconciliation.run();
    }

    private BigDecimal balance() {
        return world.balance(scope, customer);
    }

    private PurchaseState state() {
        return world.purchases.get(scope, purchase.id()).state();
    }

    private void refunded(Purchase refunded, long minor) {
        provider.payment(refunded.id())
                .refunds
                .add(Refund.of("re_" + minor, RefundStatus.SUCCEEDED, Money.of("USD", minor)));
    }

    @Test
    void aRefundThatNobodyWasToldOfIsFound() {
        refunded(purchase, 9_000);
        world.reconciliation.run();
        assertThat(balance()).as("nobody looks by himself").isEqualByComparingTo("500");
        provider.lists(purchase.id());
        read();
        assertThat(state()).isEqualTo(PurchaseState.PARTIALLY_REFUNDED);
        assertThat(balance()).isEqualByComparingTo("400");
    }

    @Test
    void aDisputeIsFoundAndItsEndAsWell() {
        Dispute open = Dispute.of("du_1", DisputeStatus.OPEN, Money.of("USD", 45_000));
        provider.payment(purchase.id()).disputes.add(open);
        provider.changed.add(PaymentRef.of("session", "cs_" + purchase.id()));
        read();
        assertThat(state()).isEqualTo(PurchaseState.DISPUTED);
        assertThat(balance()).isEqualByComparingTo("0");
        provider.payment(purchase.id()).disputes.set(0, Dispute.of("du_1", DisputeStatus.WON, Money.of("USD", 45_000)));
        provider.lists(purchase.id());
        read();
        assertThat(state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(balance()).isEqualByComparingTo("500");
    }

    @Test
    void aPageThatIsReadAgainTakesNothingAgain() {
        refunded(purchase, 9_000);
        provider.lists(purchase.id());
        provider.lists(purchase.id());
        read();
        long entries = world.entries(scope, customer);
        // other settings: nobody knows whether the cursor is still good, so the list begins anew
        set(false);
        read();
        assertThat(provider.cursors).contains(Optional.empty());
        assertThat(world.entries(scope, customer)).isEqualTo(entries);
        assertThat(balance()).isEqualByComparingTo("400");
    }

    @Test
    void theListGoesOnWhereItEnded() {
        provider.lists(purchase.id());
        read();
        provider.cursors.clear();
        read();
        assertThat(provider.cursors).containsExactly(Optional.of("1"));
    }

    @Test
    void aProviderThatDoesNotAnswerIsAskedForTheSameAgain() {
        refunded(purchase, 9_000);
        provider.lists(purchase.id());
        provider.down = true;
        for (int i = 0; i < 2 * ChangeFeeds.HOPELESS; i++) {
            read();
        }
        provider.down = false;
        assertThat(balance()).isEqualByComparingTo("500");
        read();
        assertThat(balance()).isEqualByComparingTo("400");
    }

    @Test
    void anOutageIsNoTryToFindAPaymentOut() {
        provider.down = true;
        for (int i = 0; i < 2 * ChangeFeeds.HOPELESS; i++) {
            read();
        }
        provider.down = false;
        provider.changed.add(PaymentRef.of("charge", "odd"));
        read();
        provider.cursors.clear();
        read();
        assertThat(provider.cursors).containsExactly(Optional.of("0"));
    }

    @Test
    void whatCannotBeFoundOutHoldsUpTheListAFewTimesAndNotForEver() {
        refunded(purchase, 9_000);
        provider.changed.add(PaymentRef.of("charge", "odd"));
        provider.lists(purchase.id());
        provider.cursors.clear();
        read();
        // the others of the page do not wait for it
        assertThat(balance()).isEqualByComparingTo("400");
        for (int i = 1; i < ChangeFeeds.HOPELESS; i++) {
            assertThat(provider.cursors).doesNotContain(Optional.of("2"));
            read();
        }
        assertThat(provider.cursors).contains(Optional.of("2"));
    }

    @Test
    void aLongListIsReadInBoundedPartsRunAfterRun() {
        for (int i = 0; i < 2_500; i++) {
            provider.changed.add(PaymentRef.of("session", "cs_" + purchase.id()));
        }
        refunded(purchase, 9_000);
        provider.cursors.clear();
        world.changes.run();
        assertThat(provider.cursors).hasSize(20);
        world.changes.run();
        assertThat(provider.cursors).hasSize(20 + 6);
    }

    @Test
    void aPaymentOfAnotherTenantsIsNobodysHere() {
        Scope other = world.tenant();
        CustomerId others = world.customer(other);
        Purchase elsewhere = settled(other, others);
        refunded(elsewhere, 9_000);
        provider.lists(elsewhere.id());
        read();
        assertThat(world.balance(other, others))
                .as("the other tenant has no settings, and its list is not read")
                .isEqualByComparingTo("500");
    }

    @Test
    void tenantsWhoseKeysAreRevokedDoNotHoldUpTheOthers() {
        for (int i = 0; i < 6; i++) {
            Scope revoked = world.tenant();
            world.gateways.change(revoked, listing, Optional.of(true), Optional.of(true), OptionalLong.empty());
            settled(revoked, world.customer(revoked));
            provider.revoked.add(revoked.tenant().toString());
        }
        refunded(purchase, 9_000);
        provider.lists(purchase.id());
        // the order of the tenants is another each time
        for (int i = 0; i < 5; i++) {
            provider.cursors.clear();
            read();
            assertThat(provider.cursors).as("everybody was asked").hasSizeGreaterThanOrEqualTo(7);
        }
        assertThat(balance()).isEqualByComparingTo("400");
    }

    @Test
    void aGatewayWithoutAListIsLeftAlone() {
        world.services.register(listing, new FakeProvider(listing));
        provider.lists(purchase.id());
        read();
        assertThat(provider.cursors).isEmpty();
        assertThat(state()).isEqualTo(PurchaseState.APPROVED);
    }
}
