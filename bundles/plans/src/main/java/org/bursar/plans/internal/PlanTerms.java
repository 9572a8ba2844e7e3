package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Money;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.ChangeRule;
import org.bursar.plans.CycleStart;
import org.bursar.plans.Limits;
import org.bursar.plans.Meter;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.NewPlanVersion.NewRate;
import org.bursar.plans.NewPlanVersion.NewTier;
import org.bursar.plans.PaymentTerms;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.Price;
import org.bursar.plans.Pricing;
import org.bursar.plans.Pricing.Tier;
import org.bursar.plans.Rate;
import org.bursar.plans.RateModel;
import org.jspecify.annotations.Nullable;

/** Checks the terms of a plan as they were asked for and makes a version of them. */
final class PlanTerms {
    private static final int MOST_RATES = 100;
    private static final int MOST_TIERS = 50;
    private static final int MOST_DAYS = 366;
    private static final int MOST_USERS = 1_000_000;

    private final Checks checks;
    private final String unit;
    private final Map<String, Meter> meters;

    /**
     * Checks against a tenant.
     *
     * @param unit what its wallets count: the renewal is taken from there, so the price is in it
     * @param meters its meters by key and by the text of their ids, as far as the form names them
     */
    PlanTerms(Checks checks, String unit, Map<String, Meter> meters) {
        this.checks = checks;
        this.unit = unit;
        this.meters = meters;
    }

    /** The names of meters in a form, to be looked up. */
    static Set<String> meterNames(NewPlanVersion form) {
        Set<String> names = new HashSet<>();
        for (NewRate rate : Objects.requireNonNullElse(form.rates(), List.<@Nullable NewRate>of())) {
            if (rate != null && rate.meter() != null) {
                names.add(rate.meter());
            }
        }
        return names;
    }

    /** The version; not to be used before the checks are done. */
    PlanVersion version(int number, NewPlanVersion form, Instant now) {
        BillingCycle cycle = checks.present("/cycle", form.cycle());
        return new PlanVersion(
                number,
                price(checks, "/price", form.price(), unit),
                cycle == null ? BillingCycle.MONTH : cycle,
                rates(form),
                limits(form),
                changes(form.changes()),
                payment(form.payment()),
                now);
    }

    private PaymentTerms payment(NewPlanVersion.@Nullable NewPayment form) {
        if (form == null) {
            return PaymentTerms.USUAL;
        }
        Integer trial = form.trialDays();
        Integer grace = form.graceDays();
        return new PaymentTerms(
                trial == null ? 0 : checks.range("/trialDays", trial, 0, MOST_DAYS),
                grace == null ? OptionalInt.empty() : OptionalInt.of(checks.range("/graceDays", grace, 0, MOST_DAYS)),
                form.minimum() == null ? BigDecimal.ZERO : checks.amount("/minimum", form.minimum()),
                Objects.requireNonNullElse(form.start(), CycleStart.ANNIVERSARY),
                form.allowance() == null ? BigDecimal.ZERO : checks.amount("/allowance", form.allowance()));
    }

    private static ChangeRule changes(NewPlanVersion.@Nullable NewChanges form) {
        return form == null
                ? ChangeRule.USUAL
                : new ChangeRule(Optional.ofNullable(form.upgrade()), Optional.ofNullable(form.downgrade()));
    }

    /** A price in the unit of the tenant's wallets, from which it is taken. */
    static Price price(Checks checks, String pointer, @Nullable NewPrice form, String unit) {
        if (form == null) {
            checks.error(pointer, FieldProblems.REQUIRED, "required");
            return new Price(BigDecimal.ZERO, unit);
        }
        BigDecimal amount = checks.amount(pointer + "/amount", form.amount());
        String currency = form.currency();
        if (currency == null) {
            checks.error(pointer + "/currency", FieldProblems.REQUIRED, "required");
        } else if (!currency.equals(unit)) {
            checks.error(
                    pointer + "/currency",
                    PlansProblems.WRONG_CURRENCY,
                    "the price is taken from the wallet, which counts " + unit);
        } else {
            int digits = digits(unit);
            checks.that(
                    amount.stripTrailingZeros().scale() <= digits,
                    pointer + "/amount",
                    FieldProblems.TOO_PRECISE,
                    unit + " amounts have at most " + digits + " decimal places");
        }
        return new Price(amount, unit);
    }

    /** The places of a currency; a tenant's own credit has as many as a wallet keeps. */
    static int digits(String unit) {
        try {
            return Money.digits(unit);
        } catch (IllegalArgumentException e) {
            return Decimals.AMOUNT_PLACES;
        }
    }

    private Limits limits(NewPlanVersion form) {
        NewPlanVersion.NewLimits limits = form.limits();
        return limits == null
                ? Limits.NONE
                : new Limits(
                        limit("/limits/users", limits.users()),
                        limit("/limits/concurrency", limits.concurrency()),
                        limit("/limits/requestsPerMinute", limits.requestsPerMinute()));
    }

    private OptionalInt limit(String pointer, @Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(checks.range(pointer, value, 0, MOST_USERS));
    }

    private List<Rate> rates(NewPlanVersion form) {
        List<@Nullable NewRate> forms = Objects.requireNonNullElse(form.rates(), List.of());
        if (forms.size() > MOST_RATES) {
            checks.error("/rates", FieldProblems.TOO_MANY, "at most " + MOST_RATES + " rates");
            return List.of();
        }
        List<Rate> rates = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < forms.size(); i++) {
            String pointer = "/rates/" + i;
            NewRate rate = forms.get(i);
            if (rate == null) {
                checks.error(pointer, FieldProblems.REQUIRED, "required");
                continue;
            }
            Optional<Meter> meter = meter(pointer + "/meter", rate.meter());
            BigDecimal included =
                    checks.amount(pointer + "/included", Objects.requireNonNullElse(rate.included(), BigDecimal.ZERO));
            Optional<Pricing> pricing = pricing(pointer, rate);
            if (meter.isPresent() && !seen.add(meter.get().key())) {
                checks.error(pointer + "/meter", FieldProblems.DUPLICATE, "a meter has one rate");
            }
            if (meter.isPresent() && pricing.isPresent()) {
                rates.add(new Rate(meter.get().id(), meter.get().key(), included, pricing.get()));
            }
        }
        return rates;
    }

    private Optional<Meter> meter(String pointer, @Nullable String name) {
        if (name == null || name.isBlank()) {
            checks.error(pointer, FieldProblems.REQUIRED, "required");
            return Optional.empty();
        }
        Optional<Meter> meter = Optional.ofNullable(meters.get(name));
        if (meter.isEmpty()) {
            checks.error(pointer, PlansProblems.UNKNOWN_METER, "there is no such meter; create it first");
        }
        return meter;
    }

    private Optional<Pricing> pricing(String pointer, NewRate rate) {
        RateModel model = checks.present(pointer + "/model", rate.model());
        if (model == null) {
            return Optional.empty();
        }
        only(model == RateModel.PER_UNIT, pointer + "/unitPrice", rate.unitPrice(), model);
        only(model == RateModel.PACKAGE, pointer + "/packagePrice", rate.packagePrice(), model);
        only(model == RateModel.PACKAGE, pointer + "/packageSize", rate.packageSize(), model);
        only(model == RateModel.GRADUATED || model == RateModel.VOLUME, pointer + "/tiers", rate.tiers(), model);
        return switch (model) {
            case PER_UNIT -> Optional.of(new Pricing.PerUnit(checks.price(pointer + "/unitPrice", rate.unitPrice())));
            case GRADUATED -> tiers(pointer + "/tiers", rate.tiers()).map(Pricing.Graduated::new);
            case VOLUME -> tiers(pointer + "/tiers", rate.tiers()).map(Pricing.Volume::new);
            case PACKAGE -> {
                BigDecimal price = checks.price(pointer + "/packagePrice", rate.packagePrice());
                BigDecimal size = checks.positiveAmount(pointer + "/packageSize", rate.packageSize());
                yield size.signum() > 0 ? Optional.of(new Pricing.Packages(price, size)) : Optional.empty();
            }
        };
    }

    /** A field that another model owns is a mistake in a price list, so it is named and not passed over. */
    private void only(boolean belongs, String pointer, @Nullable Object value, RateModel model) {
        if (!belongs && value != null) {
            checks.error(
                    pointer,
                    PlansProblems.NOT_OF_THIS_MODEL,
                    "the model " + model.name().toLowerCase(java.util.Locale.ROOT) + " has no such field");
        }
    }

    private Optional<List<Tier>> tiers(String pointer, @Nullable List<@Nullable NewTier> forms) {
        if (forms == null || forms.isEmpty() || forms.size() > MOST_TIERS) {
            checks.error(pointer, FieldProblems.REQUIRED, "1 to " + MOST_TIERS + " tiers");
            return Optional.empty();
        }
        List<Tier> tiers = new ArrayList<>();
        BigDecimal from = BigDecimal.ZERO;
        boolean right = true;
        for (int i = 0; i < forms.size(); i++) {
            String at = pointer + "/" + i;
            NewTier form = forms.get(i);
            if (form == null) {
                checks.error(at, FieldProblems.REQUIRED, "required");
                return Optional.empty();
            }
            BigDecimal price = checks.price(at + "/unitPrice", form.unitPrice());
            boolean last = i == forms.size() - 1;
            BigDecimal upTo = form.upTo();
            if (last == (upTo != null)) {
                checks.error(
                        at + "/upTo", PlansProblems.OPEN_END, "every tier but the last has upTo, the last has none");
                right = false;
            } else if (upTo != null) {
                checks.positiveAmount(at + "/upTo", upTo);
                if (upTo.compareTo(from) <= 0) {
                    checks.error(at + "/upTo", PlansProblems.NOT_ASCENDING, "greater than that of the tier before");
                    right = false;
                }
                from = upTo;
            }
            tiers.add(new Tier(Optional.ofNullable(upTo), price));
        }
        return right ? Optional.of(tiers) : Optional.empty();
    }
}
