package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Pulse;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.junit.jupiter.api.Test;

class PulsesTest {
    private static final Clock CLOCK = Clock.systemUTC();

    private final TenantId tenant = TenantId.next(CLOCK);
    private final TenantId other = TenantId.next(CLOCK);
    private final CustomerId one = CustomerId.next(CLOCK);
    private final CustomerId two = CustomerId.next(CLOCK);
    private final Map<CustomerId, String> balances = new HashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private boolean broken;

    private final Pulse balance = new Pulse() {
        @Override
        public String about() {
            return "balance";
        }

        @Override
        public String permission() {
            return "wallets:read";
        }

        @Override
        public String ofTenant(Scope scope) {
            return "all";
        }

        @Override
        public Map<CustomerId, String> ofCustomers(Scope scope) {
            asked.incrementAndGet();
            if (broken) {
                throw new IllegalStateException("the database is away");
            }
            Map<CustomerId, String> seen = new HashMap<>(balances);
            seen.keySet().retainAll(scope.customers().orElseThrow());
            return scope.tenant().equals(tenant) ? seen : Map.of();
        }
    };
    private final Pulses pulses = Pulses.of(List.of(balance));

    private Subject of(TenantId where, CustomerId customer) {
        return new Subject(where, Optional.of(customer), "balance");
    }

    private Map<String, String> shown(Subject... subjects) {
        Set<Subject> all = Set.of(subjects);
        return Pulses.shown(all, pulses.marks(all));
    }

    @Test
    void allCustomersOfATenantAreAskedForAtOnce() {
        pulses.marks(Set.of(of(tenant, one), of(tenant, two)));
        assertThat(asked).hasValue(1);
        pulses.marks(Set.of(of(tenant, one), of(other, two)));
        assertThat(asked).hasValue(3);
    }

    @Test
    void aChangeOfOneIsAnotherTextForThoseWhoLookAtIt() {
        balances.put(one, "1");
        balances.put(two, "1");
        Map<String, String> before = shown(of(tenant, one));
        Map<String, String> both = shown(of(tenant, one), of(tenant, two));
        balances.put(two, "2");
        assertThat(shown(of(tenant, one))).isEqualTo(before);
        assertThat(shown(of(tenant, one), of(tenant, two))).isNotEqualTo(both);
    }

    @Test
    void whatIsShownTellsNothingOfTheBalance() {
        balances.put(one, "4711.50");
        assertThat(shown(of(tenant, one)).get("balance")).hasSize(12).doesNotContain("4711");
        // a customer of another tenant looks like one that there is not
        assertThat(shown(of(other, one))).isEqualTo(shown(of(tenant, CustomerId.next(CLOCK))));
    }

    @Test
    void whatCannotBeAskedIsUnknownAndNoChange() {
        broken = true;
        assertThat(shown(of(tenant, one))).isEmpty();
    }

    @Test
    void whatIsKnownOfSomeAloneIsNotToldAsIfTheyWereAll() {
        Set<Subject> both = Set.of(of(tenant, one), of(tenant, two));
        Map<Subject, String> marks = Map.of(of(tenant, one), "7");

        // it would look like another than before, and like another again once the rest is known
        assertThat(Pulses.shown(both, marks)).isEmpty();
        assertThat(Pulses.shown(Set.of(of(tenant, one)), marks)).containsOnlyKeys("balance");
    }
}
