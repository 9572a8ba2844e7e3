package org.bursar.reporting;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How many subscriptions there were and what they brought each month (MRR), from day to day, and what moved it. The kinds are those
 * of the field, as ChartMogul defines them ("Data Table and MRR Movements", help.chartmogul.com, article 203299912), of one customer
 * in one currency. A lock is churn and being unlocked a reactivation, since what is locked does not count in {@link RecurringReport}.
 * Everything counts on the day, in UTC, on which it was made.
 *
 * @param period as asked for, widened to whole days
 * @param countedSince from when on changes were kept; what was there then is what the report opens with where the period begins
 *     before, and of days before nothing is known. Empty: since the tenant's first subscription
 * @param totals of the period, a line for each currency that was used before its end
 * @param lines the days on which something moved, the earliest first, by currency; on all others it stayed as it was
 */
public record MovementsReport(Period period, Optional<Instant> countedSince, List<Movements> totals, List<Line> lines) {
    public MovementsReport {
        totals = List.copyOf(totals);
        lines = List.copyOf(lines);
    }

    /** One day in one currency. */
    public record Line(LocalDate day, Movements movements) {}

    /**
     * Changes of one kind.
     *
     * @param times how many there were
     * @param amount by how much the MRR rose, negative where it fell, in the currency's major units, at most 6 places
     */
    public record Moved(long times, BigDecimal amount) {
        public static final Moved NOTHING = new Moved(0, BigDecimal.ZERO);

        Moved and(Moved other) {
            return new Moved(times + other.times, amount.add(other.amount));
        }
    }

    /**
     * What there was at first, what moved it, and what there was in the end, of one currency.
     *
     * @param opening the MRR at first
     * @param newBusiness of customers who never brought anything before
     * @param expansion more of customers who brought something
     * @param contraction less of customers who still bring something
     * @param churn of customers who bring nothing any more
     * @param reactivation of customers who had brought nothing any more
     * @param subscriptions how many counted at first, those that cost nothing among them
     * @param started how many began to count: newly chosen, after a trial, unlocked
     * @param ended how many ceased to count
     */
    public record Movements(
            String currency,
            BigDecimal opening,
            Moved newBusiness,
            Moved expansion,
            Moved contraction,
            Moved churn,
            Moved reactivation,
            long subscriptions,
            long started,
            long ended) {
        /** Nothing has moved yet. */
        public static Movements of(String currency, BigDecimal opening, long subscriptions) {
            Moved none = Moved.NOTHING;
            return new Movements(currency, opening, none, none, none, none, none, subscriptions, 0, 0);
        }

        /** The MRR in the end: what there was at first and all that moved it. */
        public BigDecimal closing() {
            return opening.add(newBusiness.amount)
                    .add(expansion.amount)
                    .add(contraction.amount)
                    .add(churn.amount)
                    .add(reactivation.amount);
        }

        /** How many subscriptions counted in the end. */
        public long closingSubscriptions() {
            return subscriptions + started - ended;
        }

        /** With what came after it. */
        public Movements and(Movements next) {
            return new Movements(
                    currency,
                    opening,
                    newBusiness.and(next.newBusiness),
                    expansion.and(next.expansion),
                    contraction.and(next.contraction),
                    churn.and(next.churn),
                    reactivation.and(next.reactivation),
                    subscriptions,
                    started + next.started,
                    ended + next.ended);
        }
    }
}
