package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bursar.credits.Balance;
import org.bursar.credits.EntryKind;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.credits.internal.LedgerRules.Line;
import org.bursar.credits.internal.LedgerRules.Move;
import org.bursar.kernel.CustomerId;

/** Properties of deciding postings, without a database. */
final class LedgerRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final CustomerId CUSTOMER = CustomerId.next(Clock.systemUTC());

    /** Amounts in millionths, so that the sums have all six places. */
    @Provide
    Arbitrary<BigDecimal> amounts() {
        return Arbitraries.longs()
                .between(-20_000_000, 20_000_000)
                .filter(n -> n != 0)
                .map(n -> BigDecimal.valueOf(n, 6));
    }

    @Provide
    Arbitrary<List<Posting>> batches() {
        // few keys, so that many are met again
        Arbitrary<UUID> keys = Arbitraries.integers().between(0, 12).map(n -> new UUID(7, n));
        return Combinators.combine(amounts(), keys, Arbitraries.of(true, false))
                .as((amount, key, guarded) -> new Posting(
                        CUSTOMER, amount, EntryKind.USAGE, Optional.empty(), Optional.empty(), key, guarded))
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Balance> wallets() {
        Arbitrary<BigDecimal> some = Arbitraries.longs().between(0, 30_000_000).map(n -> BigDecimal.valueOf(n, 6));
        return Combinators.combine(amounts(), some, some)
                .as((balance, held, overdraft) -> new Balance("USD", balance, held, overdraft));
    }

    @Property
    void everyEntryFollowsFromTheOneBeforeAndTheMoveIsTheirSum(
            @ForAll("wallets") Balance before, @ForAll("batches") List<Posting> postings) {
        LedgerRules rules = new LedgerRules(NOW).wallet(CUSTOMER, before, 7);
        postings.forEach(posting -> rules.decide(posting, Contra.USAGE));
        BigDecimal balance = before.balance();
        long seq = 7;
        Set<UUID> keys = new HashSet<>();
        for (Line line : rules.lines()) {
            balance = balance.add(line.entry().amount());
            assertThat(line.entry().seq()).isEqualTo(++seq);
            assertThat(line.entry().balanceAfter()).isEqualByComparingTo(balance);
            assertThat(keys.add(line.key())).as("a key posts once").isTrue();
        }
        if (rules.lines().isEmpty()) {
            assertThat(rules.moves()).isEmpty();
        } else {
            assertThat(rules.moves())
                    .containsExactly(new Move(CUSTOMER, before, balance.subtract(before.balance()), seq - 7, 7));
        }
    }

    @Property
    void guardedPostingsNeverTakeMoreThanAvailableAndOverdraft(
            @ForAll("wallets") Balance before, @ForAll("batches") List<Posting> postings) {
        LedgerRules rules = new LedgerRules(NOW).wallet(CUSTOMER, before, 0);
        BigDecimal balance = before.balance();
        for (Posting posting : postings) {
            PostResult result = rules.decide(posting, Contra.USAGE);
            BigDecimal left =
                    balance.add(posting.amount()).subtract(before.held()).add(before.overdraft());
            boolean needsCover = posting.guarded() && posting.amount().signum() < 0;
            if (result instanceof PostResult.Posted posted && !posted.before()) {
                balance = posted.entry().balanceAfter();
                assertThat(needsCover && left.signum() < 0).isFalse();
            } else if (result instanceof PostResult.Insufficient insufficient) {
                assertThat(needsCover && left.signum() < 0).isTrue();
                assertThat(insufficient.available()).isEqualByComparingTo(balance.subtract(before.held()));
            }
        }
    }
}
