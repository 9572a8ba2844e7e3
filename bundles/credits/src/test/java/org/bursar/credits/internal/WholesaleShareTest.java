package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;

class WholesaleShareTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Hold hold(BigDecimal amount) {
        return new Hold(
                new HoldId(new UUID(1, 1)),
                new CustomerId(new UUID(1, 2)),
                amount,
                BigDecimal.ZERO,
                HoldStatus.OPEN,
                false,
                null,
                null,
                NOW.plusSeconds(60),
                NOW,
                1);
    }

    @Property
    void howeverAHoldIsSettledItCostsWhatItCostsInOne(
            @ForAll @LongRange(min = 1, max = 9_999_999_999_999L) long billionths,
            @ForAll @Size(min = 1, max = 12) List<@LongRange(min = 1, max = 3_000_000) Long> parts,
            @ForAll boolean late) {
        BigDecimal rate = BigDecimal.valueOf(billionths, 12);
        BigDecimal whole =
                BigDecimal.valueOf(parts.stream().mapToLong(part -> part).sum(), 6);
        Hold hold = hold(whole);
        WholesaleShare share = WholesaleShare.placed(rate, whole);
        BigDecimal reserved = share.held();
        BigDecimal charged = BigDecimal.ZERO;
        BigDecimal back = BigDecimal.ZERO;
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            Instant now = late && i > 0 ? NOW.plusSeconds(61) : NOW;
            Hold next = HoldRules.changed(hold, HoldRules.settle(hold, BigDecimal.valueOf(parts.get(i), 6), last, now));
            WholesaleShare.Change change = share.change(hold, next);
            charged = charged.add(change.charged());
            back = back.add(change.back());
            assertThat(change.charged()).isNotNegative();
            assertThat(change.back()).isNotNegative();
            // what is left reserved is what is still to be charged
            if (next.status() == HoldStatus.OPEN) {
                assertThat(change.after().held()).isEqualByComparingTo(reserved.subtract(charged));
            }
            hold = next;
            share = change.after();
        }
        assertThat(charged)
                .isEqualByComparingTo(WholesaleShare.price(rate, whole))
                .isEqualByComparingTo(reserved);
        assertThat(back).isEqualByComparingTo(reserved);
        assertThat(share.held()).isZero();
        assertThat(share.stored()).isNull();
    }

    @Example
    void withoutAWholesaleWalletThereIsNothingToDo() {
        Hold hold = hold(BigDecimal.TEN);
        WholesaleShare.Change change = WholesaleShare.placed(null, BigDecimal.TEN)
                .change(hold, HoldRules.changed(hold, HoldRules.release(hold)));
        assertThat(change.charged()).isZero();
        assertThat(change.back()).isZero();
        assertThat(change.after()).isEqualTo(WholesaleShare.NONE);
    }
}
