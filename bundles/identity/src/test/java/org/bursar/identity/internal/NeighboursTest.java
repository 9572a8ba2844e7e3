package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private final Scope scope = Scope.of(new TenantId(new UUID(1, 2)), Actor.system("test"));
    private final CustomerId customer = CustomerId.next(Clock.systemUTC());

    @Test
    void whileWhoMustBeAskedIsAwayNobodyIsLetIn() {
        Neighbours neighbours = new Neighbours("customers", "plans");

        unavailable(() -> neighbours.signInRefusal(scope, customer));
        unavailable(() -> neighbours.refusesNewUsers(scope, customer));
        unavailable(() -> neighbours.seats(scope, customer));
        unavailable(() -> neighbours.emailChanged(scope, customer, UserId.next(Clock.systemUTC()), "a@example.org"));
    }

    @Test
    void whoNeedNotBeAskedIsNotMissed() {
        Neighbours neighbours = new Neighbours("plans");

        assertThat(neighbours.signInRefusal(scope, customer)).isEmpty();
        unavailable(() -> neighbours.seats(scope, customer));
        assertThat(new Neighbours().seats(scope, customer)).isEqualTo(OptionalInt.empty());
    }

    @Test
    void whoIsThereDecides() {
        Neighbours neighbours = new Neighbours("customers", "plans");
        neighbours.signInRule = (asked, id) -> Optional.of(Problems.FORBIDDEN);
        neighbours.seatLimit = (asked, id) -> OptionalInt.of(3);

        assertThat(neighbours.signInRefusal(scope, customer)).contains(Problems.FORBIDDEN);
        assertThat(neighbours.seats(scope, customer)).hasValue(3);
    }

    private static void unavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(Problems.UNAVAILABLE));
    }
}
