package org.bursar.plans;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The prices of a rate, one form for each model. Unit prices have at most 12 places. */
public sealed interface Pricing {
    /** Which model it is. */
    RateModel model();

    /** Each unit at one price. */
    record PerUnit(BigDecimal unitPrice) implements Pricing {
        @Override
        public RateModel model() {
            return RateModel.PER_UNIT;
        }
    }

    /** Each unit at the price of the tier that it falls in. */
    record Graduated(List<Tier> tiers) implements Pricing {
        public Graduated {
            tiers = checked(tiers);
        }

        @Override
        public RateModel model() {
            return RateModel.GRADUATED;
        }
    }

    /** All units at the price of the tier that their number reaches. */
    record Volume(List<Tier> tiers) implements Pricing {
        public Volume {
            tiers = checked(tiers);
        }

        @Override
        public RateModel model() {
            return RateModel.VOLUME;
        }
    }

    /** A price for each package that is begun. */
    record Packages(BigDecimal packagePrice, BigDecimal packageSize) implements Pricing {
        public Packages {
            if (packageSize.signum() <= 0) {
                throw new IllegalArgumentException("a package holds something: " + packageSize);
            }
        }

        @Override
        public RateModel model() {
            return RateModel.PACKAGE;
        }
    }

    /**
     * One step of a ladder of prices.
     *
     * @param upTo the last quantity of this tier, counted from zero after what is included; empty in the last tier alone
     */
    record Tier(Optional<BigDecimal> upTo, BigDecimal unitPrice) {}

    private static List<Tier> checked(List<Tier> tiers) {
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("no tiers");
        }
        BigDecimal from = BigDecimal.ZERO;
        for (int i = 0; i < tiers.size(); i++) {
            Optional<BigDecimal> upTo = tiers.get(i).upTo();
            boolean last = i == tiers.size() - 1;
            if (upTo.isEmpty() != last || upTo.isPresent() && upTo.get().compareTo(from) <= 0) {
                throw new IllegalArgumentException("tiers ascend and only the last is open: " + tiers);
            }
            from = upTo.orElse(from);
        }
        return List.copyOf(tiers);
    }
}
