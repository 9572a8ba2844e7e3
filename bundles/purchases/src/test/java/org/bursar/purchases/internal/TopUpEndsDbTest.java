package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.kernel.Money;
import org.bursar.kernel.PurchaseId;
import org.bursar.mail.Mail;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.purchases.PackageDraft;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.TopUpStop;
import org.junit.jupiter.api.Test;

/** Refusals, banks that want the payer, and what else ends charges without the payer. */
class TopUpEndsDbTest extends TopUpTestBase {
    @Test
    void threeRefusalsInARowTurnItOffAndTellEverybody() {
        allow("50", 5, 20);
        spend("460");
        provider.declines = Optional.of(Decline.of(DeclineCode.CARD_DECLINED, "do_not_honor", false));
        for (int often = 0; often < 6; often++) {
            later(Duration.ofHours(7));
        }

        assertThat(provider.charges).hasSize(3);
        assertThat(topUp().enabled()).isFalse();
        assertThat(topUp().stopped()).isEqualTo(TopUpStop.DECLINED);
        assertThat(told("top_up.stopped")).isEqualTo(1);
        assertThat(world.audited).contains("top-up.stop " + customer);
        assertThat(world.mails).singleElement().satisfies(mail -> {
            assertThat(mail.kind()).isEqualTo("top-up-stopped");
            assertThat(mail.to()).isEqualTo("jonas@acme.example");
            assertThat(mail.text())
                    .contains("three payments in a row were refused")
                    .doesNotContain("{");
        });
        assertThat(balance()).isEqualByComparingTo("40");
    }

    @Test
    void aRefusalIsFollowedByAPauseAndMoneyThatComesForgetsIt() {
        allow("50", 5, 20);
        spend("460");
        declines(DeclineCode.INSUFFICIENT_FUNDS);
        later(Duration.ofMinutes(1));
        later(Duration.ofMinutes(1));
        assertThat(provider.charges).hasSize(1);
        assertThat(topUp().declines()).isEqualTo(1);
        provider.declines = Optional.empty();
        later(Duration.ofHours(7));

        assertThat(provider.charges).hasSize(2);
        assertThat(topUp().declines()).isZero();
        assertThat(balance()).isEqualByComparingTo("540");
    }

    @Test
    void aMethodThatTheProviderHasNoMoreIsRefusedWithoutAPaymentAndNeverTriedAgain() {
        allow("50", 5, 20);
        spend("460");
        declines(DeclineCode.METHOD_GONE);
        for (int often = 0; often < 4; often++) {
            later(Duration.ofHours(7));
        }

        assertThat(provider.charges).hasSize(1);
        assertThat(purchases().get(0).state()).isEqualTo(PurchaseState.CANCELLED);
        assertThat(topUp().stopped()).isEqualTo(TopUpStop.METHOD_UNUSABLE);
        assertThat(world.topUps.method(scope, method.id()).active()).isFalse();
        assertThat(world.mails).hasSize(1);
    }

    @Test
    void aRefusalOfWhichThePaymentTellsNothingCountsAndThePaymentIsStopped() {
        allow("50", 5, 20);
        spend("460");
        provider.declinesStayOpen = true;
        declines(DeclineCode.CARD_DECLINED);
        later(Duration.ofMinutes(1));

        assertThat(purchases().get(0).state()).isEqualTo(PurchaseState.CANCELLED);
        assertThat(topUp().declines()).isEqualTo(1);
        assertThat(topUp().enabled()).isTrue();
        later(Duration.ofHours(2));
        assertThat(provider.charges).hasSize(1);
        provider.declines = Optional.empty();
        later(Duration.ofHours(5));
        assertThat(provider.charges).hasSize(2);
        assertThat(balance()).isEqualByComparingTo("540");
    }

    @Test
    void whereTheBankAsksForThePayerThePayerGetsALinkOnce() {
        allow("50", 5, 20);
        spend("460");
        declines(DeclineCode.AUTHENTICATION_REQUIRED);
        for (int often = 0; often < 5; often++) {
            later(Duration.ofMinutes(1));
        }

        assertThat(provider.charges).hasSize(1);
        Purchase open = purchases().get(0);
        assertThat(open.state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(world.mails)
                .singleElement()
                .satisfies(
                        mail -> assertThat(mail.text()).contains("http://acme.localhost:8080/purchases/" + open.id()));
        provider.pays(open.id(), 45_000);
        world.look.at(scope, open.id());
        later(Duration.ofMinutes(1));
        assertThat(balance()).isEqualByComparingTo("540");
        assertThat(world.mails).hasSize(1);
        assertThat(topUp().declines()).isZero();
        assertThat(provider.charges).hasSize(1);
    }

    @Test
    void whoeverIsRefusedOnThePageIsNotChargedBesideItAndWhoeverNeverPaysEndsIt() {
        allow("50", 9, 20);
        spend("460");
        declines(DeclineCode.AUTHENTICATION_REQUIRED);
        later(Duration.ofMinutes(1));
        later(Duration.ofMinutes(1));
        Purchase open = purchases().get(0);
        provider.payment(open.id()).decline = Optional.of(Decline.of(DeclineCode.CARD_DECLINED, "x", true));
        world.look.at(scope, open.id());
        assertThat(world.purchases.get(scope, open.id()).state()).isEqualTo(PurchaseState.DECLINED);
        for (int often = 0; often < 5; often++) {
            later(Duration.ofMinutes(10));
        }
        assertThat(provider.charges).hasSize(1);

        for (int day = 0; day < 8; day++) {
            provider.payments.values().stream()
                    .filter(payment -> payment.phase == Phase.OPEN)
                    .forEach(payment -> payment.phase = Phase.EXPIRED);
            later(Duration.ofHours(25));
            later(Duration.ofHours(1));
        }
        assertThat(provider.charges).hasSize(3);
        assertThat(topUp().stopped()).isEqualTo(TopUpStop.DECLINED);
        assertThat(world.mails.stream().map(Mail::kind))
                .containsExactly("top-up-confirmation", "top-up-confirmation", "top-up-stopped");
    }

    @Test
    void nobodyIsChargedWhoIsNotServedOrWhosePlanHasEndedOrWasStoppedByAPersonOrWhoseTimeIsNotReal() {
        allow("50", 5, 20);
        spend("460");
        world.notServed.add(customer);
        later(Duration.ofMinutes(2));
        assertThat(provider.charges).isEmpty();
        assertThat(topUp().low()).isTrue();
        world.notServed.remove(customer);
        for (SubscriptionStatus over : List.of(SubscriptionStatus.CANCELLED, SubscriptionStatus.LOCKED)) {
            world.subscription = Optional.of(subscription(over, false));
            later(Duration.ofMinutes(2));
            assertThat(provider.charges).isEmpty();
        }
        world.subscription = Optional.of(subscription(SubscriptionStatus.LOCKED, true));
        world.sandboxes.add(scope.tenant());
        later(Duration.ofMinutes(2));
        assertThat(provider.charges).as("real money in a sandbox").isEmpty();
        world.sandboxes.clear();
        later(Duration.ofMinutes(2));
        assertThat(provider.charges).hasSize(1);
    }

    @Test
    void anotherPriceThanWasAgreedToIsNotCharged() {
        allow("50", 5, 20);
        world.packages.change(
                scope,
                bought,
                new PackageDraft("Credit pack", new BigDecimal("900.00"), "USD", new BigDecimal("500.00"), true),
                OptionalLong.empty());
        spend("460");
        later(Duration.ofMinutes(1));

        assertThat(provider.charges).isEmpty();
        assertThat(topUp().stopped()).isEqualTo(TopUpStop.PACKAGE_CHANGED);
        assertThat(world.mails).hasSize(1);
        allow("50", 5, 20);
        later(Duration.ofMinutes(1));
        assertThat(provider.charges).hasSize(1);
        assertThat(topUp().price()).isEqualTo(new Money("USD", 90_000));
    }

    @Test
    void whatWasPaidBackIsNotChargedAnew() {
        allow("50", 5, 20);
        spend("460");
        later(Duration.ofMinutes(1));
        Purchase charged = purchases().get(0);
        provider.payment(charged.id())
                .refunds
                .add(PaymentSnapshot.Refund.of(
                        "re_1",
                        PaymentSnapshot.RefundStatus.SUCCEEDED,
                        org.bursar.payments.spi.Money.of("USD", 45_000)));
        world.look.at(scope, charged.id());
        assertThat(balance()).isEqualByComparingTo("40");
        later(Duration.ofMinutes(1));
        later(Duration.ofHours(7));

        assertThat(provider.charges).hasSize(1);
        assertThat(topUp().stopped()).isEqualTo(TopUpStop.REFUNDED);
    }

    @Test
    void aDisputeOfThePaymentThatTheMethodWasKeptInTurnsItOff() {
        allow("50", 5, 20);
        PurchaseId first = purchases().get(0).id();
        provider.payment(first)
                .disputes
                .add(PaymentSnapshot.Dispute.of(
                        "dp_1", PaymentSnapshot.DisputeStatus.OPEN, org.bursar.payments.spi.Money.of("USD", 45_000)));
        world.look.at(scope, first);
        later(Duration.ofMinutes(1));

        assertThat(provider.charges).isEmpty();
        assertThat(topUp().stopped()).isEqualTo(TopUpStop.DISPUTED);
    }

    @Test
    void aChargeThatCouldNotBeMadeIsNotMadeOnceItIsWithdrawn() {
        allow("50", 5, 20);
        spend("460");
        provider.fault = FakeProvider.Fault.NOT_EXECUTED;
        later(Duration.ofMinutes(1));
        assertThat(provider.keys).hasSize(1);
        world.topUps.delete(scope, customer, OptionalLong.empty());
        provider.fault = FakeProvider.Fault.NONE;
        for (int often = 0; often < 4; often++) {
            later(Duration.ofMinutes(15));
        }

        assertThat(provider.keys).hasSize(1);
        assertThat(provider.charges).isEmpty();
        assertThat(purchases().get(0).state()).isEqualTo(PurchaseState.CANCELLED);
    }

    @Test
    void aChargeThatMayHaveBeenMadeIsFoundOutAfterItIsWithdrawnAndAllowingAnewMakesNoSecond() {
        allow("50", 5, 20);
        spend("460");
        provider.fault = FakeProvider.Fault.ANSWER_LOST;
        world.automatic.run();
        provider.fault = FakeProvider.Fault.NONE;
        world.topUps.delete(scope, customer, OptionalLong.empty());
        allow("50", 5, 20);
        world.automatic.run();
        assertThat(provider.charges).hasSize(1);
        for (int often = 0; often < 4; often++) {
            later(Duration.ofMinutes(15));
        }

        assertThat(provider.keys).hasSize(1);
        assertThat(provider.charges).hasSize(1);
        assertThat(balance()).isEqualByComparingTo("540");
    }
}
