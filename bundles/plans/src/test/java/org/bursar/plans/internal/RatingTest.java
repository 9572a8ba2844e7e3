package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bursar.kernel.Decimals;
import org.bursar.plans.Pricing;
import org.bursar.plans.Pricing.Tier;

class RatingTest {
    @Property
    void chargesOfAnySequenceOfEventsAddUpToTheRoundedPriceOfTheirSum(
            @ForAll("pricings") Pricing pricing,
            @ForAll("quantities") BigDecimal included,
            @ForAll("changes") List<BigDecimal> changes) {
        BigDecimal consumed = BigDecimal.ZERO;
        BigDecimal charged = BigDecimal.ZERO;
        for (BigDecimal change : changes) {
            BigDecimal after = consumed.add(change);
            charged = charged.add(Rating.charge(pricing, included, consumed, after));
            consumed = after;
        }
        assertThat(charged).isEqualByComparingTo(Decimals.charge(Rating.price(pricing, included, consumed)));
    }

    @Property
    void costsAddUpToTheRoundedCostOfTheSum(
            @ForAll("prices") BigDecimal costPerUnit, @ForAll("changes") List<BigDecimal> changes) {
        BigDecimal consumed = BigDecimal.ZERO;
        BigDecimal cost = BigDecimal.ZERO;
        for (BigDecimal change : changes) {
            BigDecimal after = consumed.add(change);
            cost = cost.add(Rating.cost(costPerUnit, consumed, after));
            consumed = after;
        }
        assertThat(cost).isEqualByComparingTo(Decimals.charge(consumed.multiply(costPerUnit)));
    }

    @Property
    void whatIsIncludedIsFree(
            @ForAll("pricings") Pricing pricing,
            @ForAll("quantities") BigDecimal included,
            @ForAll("quantities") BigDecimal quantity) {
        assertThat(Rating.price(pricing, included, quantity.min(included))).isEqualByComparingTo("0");
    }

    @Property
    void includedShiftsThePriceAndChangesNothingElse(
            @ForAll("pricings") Pricing pricing,
            @ForAll("quantities") BigDecimal included,
            @ForAll("quantities") BigDecimal quantity) {
        assertThat(Rating.price(pricing, included, included.add(quantity)))
                .isEqualByComparingTo(Rating.price(pricing, BigDecimal.ZERO, quantity));
    }

    @Property
    void aVolumeOfWholeUnitsCostsWhatASumUnitByUnitSays(
            @ForAll("ladders") List<Tier> ladder, @ForAll("wholes") BigDecimal quantity) {
        BigDecimal graduated = BigDecimal.ZERO;
        BigDecimal volume = quantity.multiply(priceAt(ladder, quantity));
        for (BigDecimal unit = BigDecimal.ONE; unit.compareTo(quantity) <= 0; unit = unit.add(BigDecimal.ONE)) {
            graduated = graduated.add(priceAt(ladder, unit));
        }
        assertThat(Rating.price(new Pricing.Graduated(ladder), BigDecimal.ZERO, quantity))
                .isEqualByComparingTo(graduated);
        assertThat(Rating.price(new Pricing.Volume(ladder), BigDecimal.ZERO, quantity))
                .isEqualByComparingTo(volume);
    }

    @Property
    void packagesCostAsManyAsHaveToBeBegun(
            @ForAll("prices") BigDecimal price,
            @ForAll("sizes") BigDecimal size,
            @ForAll("quantities") BigDecimal quantity) {
        BigDecimal begun = BigDecimal.ZERO;
        while (begun.multiply(size).compareTo(quantity) < 0) {
            begun = begun.add(BigDecimal.ONE);
        }
        assertThat(Rating.price(new Pricing.Packages(price, size), BigDecimal.ZERO, quantity))
                .isEqualByComparingTo(begun.multiply(price));
    }

    @Property
    void moreNeverCostsLessButUnderVolume(
            @ForAll("ladders") List<Tier> ladder,
            @ForAll("quantities") BigDecimal quantity,
            @ForAll("quantities") BigDecimal more) {
        Pricing graduated = new Pricing.Graduated(ladder);
        assertThat(Rating.charge(graduated, BigDecimal.ZERO, quantity, quantity.add(more)))
                .isNotNegative();
    }

    @Example
    void theJourneysEventCostsEightAndAHalf() {
        Pricing pricing = new Pricing.PerUnit(new BigDecimal("0.085"));
        assertThat(Rating.charge(pricing, new BigDecimal("500"), BigDecimal.ZERO, new BigDecimal("600")))
                .isEqualByComparingTo("8.50");
    }

    @Example
    void aCheaperTierMakesAVolumeChargeNegative() {
        Pricing pricing = new Pricing.Volume(List.of(
                new Tier(Optional.of(BigDecimal.TEN), BigDecimal.ONE),
                new Tier(Optional.empty(), new BigDecimal("0.5"))));
        assertThat(Rating.charge(pricing, BigDecimal.ZERO, BigDecimal.TEN, new BigDecimal("11")))
                .isEqualByComparingTo("-4.5");
    }

    @Example
    void halvesRoundToTheEvenNeighbour() {
        Pricing pricing = new Pricing.PerUnit(new BigDecimal("0.0000005"));
        assertThat(Rating.charge(pricing, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ONE))
                .isEqualByComparingTo("0");
        assertThat(Rating.charge(pricing, BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("3")))
                .isEqualByComparingTo("0.000002");
    }

    /** The price of a unit at a place of the ladder, found without the code under test. */
    private static BigDecimal priceAt(List<Tier> ladder, BigDecimal place) {
        BigDecimal price = ladder.get(ladder.size() - 1).unitPrice();
        for (int i = ladder.size() - 2; i >= 0; i--) {
            if (place.compareTo(ladder.get(i).upTo().orElseThrow()) <= 0) {
                price = ladder.get(i).unitPrice();
            }
        }
        return price;
    }

    @Provide
    Arbitrary<BigDecimal> prices() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("1000"))
                .ofScale(12);
    }

    @Provide
    Arbitrary<BigDecimal> quantities() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("2000"))
                .ofScale(6);
    }

    @Provide
    Arbitrary<BigDecimal> wholes() {
        return Arbitraries.integers().between(0, 300).map(BigDecimal::valueOf);
    }

    @Provide
    Arbitrary<BigDecimal> sizes() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ONE, new BigDecimal("500"))
                .ofScale(6);
    }

    /** Mostly usage, sometimes a correction. */
    @Provide
    Arbitrary<List<BigDecimal>> changes() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("-200"), new BigDecimal("1000"))
                .ofScale(6)
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<Tier>> ladders() {
        Arbitrary<List<Integer>> steps =
                Arbitraries.integers().between(1, 100).list().ofMaxSize(5);
        Arbitrary<List<BigDecimal>> prices = prices().list().ofSize(6);
        return Combinators.combine(steps, prices).as((widths, unitPrices) -> {
            List<Tier> tiers = new ArrayList<>();
            BigDecimal upTo = BigDecimal.ZERO;
            for (int i = 0; i < widths.size(); i++) {
                upTo = upTo.add(BigDecimal.valueOf(widths.get(i)));
                tiers.add(new Tier(Optional.of(upTo), unitPrices.get(i)));
            }
            tiers.add(new Tier(Optional.empty(), unitPrices.get(widths.size())));
            return tiers;
        });
    }

    @Provide
    Arbitrary<Pricing> pricings() {
        return Arbitraries.oneOf(
                prices().map(Pricing.PerUnit::new),
                ladders().map(Pricing.Graduated::new),
                ladders().map(Pricing.Volume::new),
                Combinators.combine(prices(), sizes())
                        .as((price, size) -> new Pricing.Packages(price, size.setScale(6, RoundingMode.UNNECESSARY))));
    }
}
