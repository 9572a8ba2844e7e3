package org.bursar.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bursar.customers.Access;
import org.bursar.customers.AccessReason;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.bursar.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RememberedDecisionsTest {
    private static final RuleAnswers YES = new RuleAnswers(List.of());
    private static final RuleAnswers NO = against("account", new AccessReason("account_inactive", "It is inactive."));
    private static final RuleAnswers UNKNOWN =
            against("account", new AccessReason(Access.NOT_READY, "A rule is away."));

    private static RuleAnswers against(String rule, AccessReason reason) {
        return new RuleAnswers(List.of(new RuleAnswers.Against(rule, reason)));
    }

    private final TestClock clock = TestClock.at("2026-11-21T10:00:00Z");
    private final TenantId tenant = TenantId.next(clock);
    private final CustomerId customer = CustomerId.next(clock);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final RememberedDecisions remembered = new RememberedDecisions(nanos::get);

    @BeforeEach
    void listen() {
        remembered.heard(nanos.get());
    }

    private RuleAnswers ask(RuleAnswers made) {
        return remembered.of(tenant, customer, () -> {
            asked.incrementAndGet();
            return made;
        });
    }

    @Test
    void isAskedOnceAsLongAsItIsFresh() {
        assertThat(ask(YES)).isEqualTo(YES);
        nanos.addAndGet(RememberedDecisions.FRESH_NANOS - 1);
        remembered.heard(nanos.get());
        assertThat(ask(NO)).isEqualTo(YES);
        assertThat(asked).hasValue(1);
    }

    @Test
    void isBelievedForSomeSecondsWhileOthersAreHeard() {
        ask(YES);
        nanos.addAndGet(RememberedDecisions.BELIEVED_NANOS - 1);
        remembered.heard(nanos.get());
        assertThat(remembered.of(tenant, customer, () -> {
                    // one asks anew, the others believe still
                    assertThat(ask(NO)).isEqualTo(YES);
                    return YES;
                }))
                .isEqualTo(YES);
        nanos.addAndGet(RememberedDecisions.BELIEVED_NANOS);
        remembered.heard(nanos.get());
        assertThat(ask(NO)).isEqualTo(NO);
    }

    @Test
    void isNotBelievedWhenOthersHaveNotBeenHeardForLong() {
        ask(YES);
        nanos.addAndGet(RememberedDecisions.UNHEARD_NANOS - 1);
        assertThat(ask(NO)).isEqualTo(YES);
        nanos.addAndGet(1);
        assertThat(ask(NO)).isEqualTo(NO);
        assertThat(RememberedDecisions.UNHEARD_NANOS).isLessThan(1_000_000_000L);
    }

    @Test
    void oneAsksAgainInTimeWhileTheOthersStillBelieve() {
        ask(YES);
        nanos.addAndGet(RememberedDecisions.BELIEVED_NANOS - 1);
        remembered.heard(nanos.get());
        RuleAnswers renewed = remembered.of(tenant, customer, () -> {
            // meanwhile the others
            assertThat(ask(NO)).isEqualTo(YES);
            return NO;
        });
        assertThat(renewed).isEqualTo(NO);
        assertThat(ask(YES)).isEqualTo(NO);
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatWasReadBeforeAChangeIsNotKept() {
        RuleAnswers old = remembered.of(tenant, customer, () -> {
            remembered.forget(tenant, customer, false);
            return YES;
        });
        assertThat(old).isEqualTo(YES);
        assertThat(ask(NO)).isEqualTo(NO);
    }

    @Test
    void anImprovementForgetsANoAndKeepsAYes() {
        ask(YES);
        remembered.forget(tenant, customer, true);
        assertThat(ask(NO)).isEqualTo(YES);

        remembered.clear();
        ask(NO);
        remembered.forget(tenant, customer, true);
        assertThat(ask(YES)).isEqualTo(YES);
    }

    @Test
    void whatIsUnknownIsAskedAgain() {
        ask(UNKNOWN);
        assertThat(ask(YES)).isEqualTo(YES);
    }

    @Test
    void otherRulesAnswerAnew() {
        ask(YES);
        remembered.clear();
        assertThat(ask(NO)).isEqualTo(NO);
    }

    @Test
    void anotherTenantsCustomerIsAnother() {
        ask(YES);
        assertThat(remembered.of(TenantId.next(clock), customer, () -> NO)).isEqualTo(NO);
    }
}
