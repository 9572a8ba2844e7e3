package org.bursar.web.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.rest.Caller;
import org.bursar.web.internal.live.Watcher.Standing;
import org.junit.jupiter.api.Test;

class WatcherTest {
    private static final Clock CLOCK = Clock.systemUTC();

    private final TenantId tenant = TenantId.next(CLOCK);
    private final UserId user = UserId.next(CLOCK);
    private final CustomerId customer = CustomerId.next(CLOCK);
    private final Watcher watcher =
            new Watcher("bst_x", "s", tenant, user, Optional.of(Set.of(customer)), Set.of("wallets:read"));

    private Caller caller(UserId who, CustomerId whose, boolean due, String... permissions) {
        return new Caller(
                new Actor(Actor.Kind.USER, "usr_x", "Ada"),
                Optional.of(tenant),
                Optional.of(Set.of(whose)),
                Set.of(permissions),
                false,
                Optional.of(who),
                due);
    }

    private Standing standing(Caller now) {
        return watcher.standing((token, wanted) -> Optional.of(now));
    }

    @Test
    void whoLosesAnythingThatWasThereAtTheBeginningIsSentAway() {
        assertThat(standing(caller(user, customer, false, "wallets:*"))).isEqualTo(Standing.STILL);
        assertThat(standing(caller(user, customer, false, "purchases:read"))).isEqualTo(Standing.ENDED);
        assertThat(standing(caller(user, customer, true))).isEqualTo(Standing.ENDED);
        assertThat(standing(caller(user, CustomerId.next(CLOCK), false, "*"))).isEqualTo(Standing.ENDED);
        assertThat(standing(caller(UserId.next(CLOCK), customer, false, "*"))).isEqualTo(Standing.ENDED);
        assertThat(watcher.standing((token, wanted) -> Optional.empty())).isEqualTo(Standing.ENDED);
        assertThat(watcher.standing((token, wanted) -> {
                    throw Problems.notFound();
                }))
                .isEqualTo(Standing.ENDED);
    }

    @Test
    void thatNobodyCanTellEndsNobodysSession() {
        assertThat(watcher.standing((token, wanted) -> {
                    throw new ProblemException(Problem.of(Problems.UNAVAILABLE, "away"));
                }))
                .isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void marksAreReadAsTheyWereWritten() {
        Map<String, String> marks = Map.of("balance", "a-_9", "purchases", "Zk1");
        assertThat(Marks.read(Marks.text(marks))).isEqualTo(marks);
        assertThat(Marks.read("")).isEmpty();
        assertThat(Marks.read("balance:<script>,x,:,purchases:ok\n")).isEmpty();
    }
}
