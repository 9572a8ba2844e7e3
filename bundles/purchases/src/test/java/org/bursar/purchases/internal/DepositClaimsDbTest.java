package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.purchases.Claim;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseClaims;
import org.bursar.purchases.PurchaseEvent;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.Slip;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deposit from the instructions to the credit, with its slip. */
class DepositClaimsDbTest {
    private static final byte[] PDF = "%PDF-1.7 a slip with the payer's account".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n and so on".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] JPEG = "\u00ff\u00d8\u00ff\u00e0 and so on".getBytes(StandardCharsets.ISO_8859_1);
    private static World world;

    private Scope scope;
    private Scope payer;
    private Purchase purchase;
    private CustomerId customer;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void buy() {
        scope = world.tenant();
        customer = world.customer(scope);
        payer = scope.only(customer);
        purchase = world.buy(payer, customer, World.DEPOSIT);
    }

    private Purchase claim(byte[] slip) {
        return world.claims.claim(payer, purchase.id(), "my slip.exe", slip, Optional.of("paid at the counter"));
    }

    private Purchase approve(long minor) {
        return world.purchases.approve(scope, purchase.id(), new Money("USD", minor), Optional.of("statement 4"));
    }

    @Test
    void aClaimIsReviewedAWrongAmountChangesNothingAndTheRightOneIsCreditedOnce() {
        assertThat(claim(PDF).state()).isEqualTo(PurchaseState.UNDER_REVIEW);
        Purchase before = world.purchases.get(scope, purchase.id());
        PurchasesDbTest.refused("invalid", () -> approve(44_999));
        assertThat(world.purchases.get(scope, purchase.id())).isEqualTo(before);
        assertThat(world.entries(scope, customer)).isZero();

        approve(45_000);
        approve(45_000);
        assertThat(world.purchases.get(scope, purchase.id()).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
        assertThat(world.entries(scope, customer)).isEqualTo(1);
        assertThat(world.purchases.events(scope, purchase.id()))
                .extracting(PurchaseEvent::kind)
                .containsExactly("checkout_started", "claimed", "received");
        PurchasesDbTest.refused("wrong_state", () -> claim(PDF));
    }

    @Test
    void theSlipIsWhatItsBytesSayAndComesBackAsItWas() {
        claim(PNG);
        Claim claim = world.claims.last(payer, purchase.id());
        assertThat(claim.mediaType()).isEqualTo("image/png");
        assertThat(claim.fileName()).isEqualTo("my slip.exe");
        assertThat(claim.note()).isEqualTo("paid at the counter");
        assertThat(claim.slips()).isEqualTo(1);

        claim(JPEG);
        Slip slip = world.claims.slip(scope, purchase.id());
        assertThat(slip.mediaType()).isEqualTo("image/jpeg");
        assertThat(slip.content()).isEqualTo(JPEG);
        assertThat(slip.fileName()).isEqualTo(purchase.number() + "-slip.jpg");
        assertThat(world.claims.last(payer, purchase.id()).slips()).isEqualTo(2);
    }

    private void refused(String code, String pointer, byte[] slip) {
        assertThatThrownBy(() -> claim(slip)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.problem().code().code()).isEqualTo(code);
            assertThat(refusal.problem().errors())
                    .extracting(error -> error.pointer() + " " + error.code().code())
                    .containsExactly(pointer);
        });
    }

    @Test
    void whatIsNoSlipIsRefusedAndLeavesNothing() {
        for (String text : List.of("<html>", "GIF89a and so on", " %PDF-1.7", "%PDF-", "MZ")) {
            refused("unsupported_media_type", "/slip slip_type", text.getBytes(StandardCharsets.US_ASCII));
        }
        refused("too_large", "/slip slip_too_large", Arrays.copyOf(PDF, PurchaseClaims.LARGEST_SLIP + 1));
        refused("invalid", "/slip required", new byte[0]);
        assertThat(world.purchases.get(scope, purchase.id()).state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        PurchasesDbTest.refused("not_found", () -> world.claims.slip(scope, purchase.id()));
        PurchasesDbTest.refused("not_found", () -> world.claims.last(scope, purchase.id()));

        claim(Arrays.copyOf(PDF, PurchaseClaims.LARGEST_SLIP));
        assertThat(world.claims.slip(scope, purchase.id()).content()).hasSize(PurchaseClaims.LARGEST_SLIP);
    }

    @Test
    void aDeclineTellsWhyAndAnotherSlipMayFollowFiveInAll() {
        claim(PDF);
        world.purchases.decline(scope, purchase.id(), "the slip is of another account");
        assertThat(world.purchases.get(scope, purchase.id()).state()).isEqualTo(PurchaseState.DECLINED);
        assertThat(claim(PNG).state()).isEqualTo(PurchaseState.UNDER_REVIEW);
        for (int more = 0; more < 3; more++) {
            claim(JPEG);
        }
        PurchasesDbTest.refused("wrong_state", () -> claim(JPEG));
    }

    @Test
    void whatWasClaimedDoesNotExpireAndWhatExpiredCanBeClaimed() {
        Purchase other = world.buy(payer, customer, World.DEPOSIT);
        claim(PDF);
        world.clock.advance(Duration.ofDays(15));
        world.expiry.run();
        assertThat(world.purchases.get(scope, purchase.id()).state()).isEqualTo(PurchaseState.UNDER_REVIEW);
        assertThat(world.purchases.get(scope, other.id()).state()).isEqualTo(PurchaseState.EXPIRED);
        assertThat(world.claims
                        .claim(payer, other.id(), "late.pdf", PDF, Optional.empty())
                        .state())
                .isEqualTo(PurchaseState.UNDER_REVIEW);
    }

    @Test
    void nobodyElseSeesASlipOrClaimsOrKeepsItOfACustomerWhoIsErased() {
        claim(PDF);
        Scope neighbour = scope.only(world.customer(scope));
        Scope elsewhere = world.tenant();
        for (Scope other : List.of(neighbour, elsewhere)) {
            PurchasesDbTest.refused("not_found", () -> world.claims.slip(other, purchase.id()));
            PurchasesDbTest.refused("not_found", () -> world.claims.last(other, purchase.id()));
            PurchasesDbTest.refused(
                    "not_found", () -> world.claims.claim(other, purchase.id(), "x.pdf", PDF, Optional.empty()));
        }
        Stored stored = world.database.mapper("purchases", Stored.class);
        assertThat(world.database.transact(scope, () -> stored.all()).toString())
                .doesNotContain("with the payer");

        new CustomerPurchases(world.database, world.clock).erased(scope, customer);
        PurchasesDbTest.refused("not_found", () -> world.claims.slip(scope, purchase.id()));
    }

    /** The slips as they are stored. */
    interface Stored {
        @org.apache.ibatis.annotations.Select("select encode(content, 'escape') from purchases.slip")
        List<String> all();
    }

    @Test
    void whatAProviderDecidesIsNotClaimed() {
        Purchase card = world.buy(payer, customer, World.CARD);
        PurchasesDbTest.refused(
                "not_manual", () -> world.claims.claim(payer, card.id(), "x.pdf", PDF, Optional.empty()));
    }
}
