package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.credits.CreditsProblems;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Ledger;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.credits.Spending;
import org.bursar.credits.Spending.Spent;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.database.GroupCommit;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TypeId;
import org.bursar.kernel.UsageEventId;
import org.bursar.metering.EventResult;
import org.bursar.metering.ExplainedEvent;
import org.bursar.metering.MeteringProblems;
import org.bursar.metering.StoredEvent;
import org.bursar.metering.UsageDay;
import org.bursar.metering.UsageEvent;
import org.bursar.metering.UsageEvents;
import org.bursar.metering.UsageFilter;
import org.bursar.metering.UsageWeeks;
import org.bursar.metering.internal.sql.UsageMapper;
import org.bursar.plans.Meter;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.RatedUsage;
import org.bursar.plans.UsageRating;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Usage events in {@code metering.usage_event}. Reports that come at once share a transaction, and every transaction takes its
 * locks in the same order: keys of events, counters of cycles, wallets, sums; each of them in ascending order.
 */
@Component(configurationPid = "org.bursar.metering")
@Designate(ocd = MeteringConfig.class)
public final class StoredUsage implements UsageEvents {
    /** As PostgreSQL orders UUIDs, by their bytes; Java compares signed longs. */
    private static final Comparator<CustomerId> AS_STORED = (a, b) -> {
        int high =
                Long.compareUnsigned(a.uuid().getMostSignificantBits(), b.uuid().getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        a.uuid().getLeastSignificantBits(), b.uuid().getLeastSignificantBits());
    };

    /** Larger reports go by lines of their own. */
    private static final int MOST_TOGETHER = 100;

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** Transactions of a tenant's large reports at once: one more than processors, of which one may wait for its commit. */
    private static final int LARGE_LINES = Math.min(PROCESSORS + 1, 4);

    /** Of small ones. A transaction costs as much by itself as many small reports do, so few run at once and hold many. */
    private static final int SMALL_LINES = Math.max(1, LARGE_LINES / 2);

    private final Database database;
    private final Customers customers;
    private final UsageRating rating;
    private final Ledger ledger;
    private final Spending spending;
    private final TenantClocks clocks;
    private final UsageMapper sql;
    private volatile Dedupe dedupe;
    private final UsageLists lists;
    private final Explanations explanations;
    private final GroupCommit<Rows, Report, List<EventResult>> together = new GroupCommit<>(
            MOST, report -> report.events().size(), (rows, reports, committing) -> reported(reports, committing));
    private final AtomicInteger turn = new AtomicInteger();
    private volatile int lateDays;

    @Activate
    public StoredUsage(
            @Reference Database database,
            @Reference Customers customers,
            @Reference UsageRating rating,
            @Reference Ledger ledger,
            @Reference Spending spending,
            @Reference TenantClocks clocks,
            MeteringConfig config) {
        this.database = database;
        this.customers = customers;
        this.rating = rating;
        this.ledger = ledger;
        this.spending = spending;
        this.clocks = clocks;
        this.sql = database.mapper("metering", UsageMapper.class);
        this.dedupe = new Dedupe(database, sql, config.dedupe_days());
        this.lists = new UsageLists(database, customers, rating, clocks, sql);
        this.explanations = new Explanations(database, customers, rating, sql);
        this.lateDays = config.late_days();
        new Partitions(database, clocks.wall()).tryEnsure(lateDays);
    }

    /** Takes another configuration. */
    @Modified
    void configure(MeteringConfig config) {
        dedupe = new Dedupe(database, sql, config.dedupe_days());
        // the partitions of days further back must be there before events of those days are taken
        new Partitions(database, clocks.wall()).tryEnsure(config.late_days());
        lateDays = config.late_days();
    }

    @Override
    public List<EventResult> report(Scope scope, List<UsageEvent> events) {
        if (events.size() > MOST) {
            throw new ProblemException(Problems.TOO_LARGE, "a report has at most " + MOST + " events");
        }
        if (events.isEmpty()) {
            return List.of();
        }
        if (database.inTransaction()) {
            return database.transact(scope, () -> counted(scope, events));
        }
        if (events.size() <= MOST_TOGETHER) {
            return together.submit(
                    rows(scope, LARGE_LINES + line(events.get(0), SMALL_LINES)), new Report(scope, events));
        }
        return parted(scope, events);
    }

    private static Rows rows(Scope scope, int line) {
        return new Rows(scope.tenant(), scope.customers(), line);
    }

    /** Events of one customer keep to one line, so that transactions of two lines seldom wait for each other's rows. */
    private static int line(UsageEvent event, int lines) {
        return Math.floorMod(event.customer().hashCode(), lines);
    }

    /**
     * A large report, a part for each line of its own: large reports of the same customers then share what is written for a
     * customer, and those of single events do not wait for them. What comes twice in it stays together.
     */
    private List<EventResult> parted(Scope scope, List<UsageEvent> events) {
        Map<EventName, Integer> lines = new HashMap<>();
        List<List<UsageEvent>> parts = new ArrayList<>();
        for (int line = 0; line < LARGE_LINES; line++) {
            parts.add(new ArrayList<>());
        }
        int[] chosen = new int[events.size()];
        for (int i = 0; i < chosen.length; i++) {
            UsageEvent event = events.get(i);
            chosen[i] =
                    lines.computeIfAbsent(new EventName(event.source(), event.id()), name -> line(event, LARGE_LINES));
            parts.get(chosen[i]).add(event);
        }
        int first = Math.floorMod(turn.getAndIncrement(), LARGE_LINES);
        List<Iterator<EventResult>> results =
                new ArrayList<>(Collections.nCopies(LARGE_LINES, Collections.emptyIterator()));
        for (int i = 0; i < LARGE_LINES; i++) {
            int line = (first + i) % LARGE_LINES;
            List<UsageEvent> part = parts.get(line);
            if (!part.isEmpty()) {
                results.set(line, part(scope, line, part).iterator());
            }
        }
        return Arrays.stream(chosen).mapToObj(line -> results.get(line).next()).toList();
    }

    /**
     * A part of a large report, of which others may be committed already: it is not refused as a whole for the sake of one event
     * by which a sum grows too large, but halved until that one is found.
     */
    private List<EventResult> part(Scope scope, int line, List<UsageEvent> events) {
        try {
            return together.submit(rows(scope, line), new Report(scope, events));
        } catch (ProblemException e) {
            if (!e.problem().code().equals(PlansProblems.USAGE_OUT_OF_RANGE)
                    && !e.problem().code().equals(CreditsProblems.BALANCE_OUT_OF_RANGE)) {
                throw e;
            }
            if (events.size() == 1) {
                return List.of(new EventResult.Rejected(
                        MeteringProblems.INVALID_QUANTITY, e.problem().detail()));
            }
            int half = events.size() / 2;
            List<EventResult> results = new ArrayList<>(part(scope, line, events.subList(0, half)));
            results.addAll(part(scope, line, events.subList(half, events.size())));
            return results;
        }
    }

    /** What names an event. */
    private record EventName(String source, String id) {}

    /**
     * What a transaction sees, and one caller's events: who calls is recorded nowhere, so callers may share a transaction.
     *
     * @param line which of those that run at once
     */
    private record Rows(TenantId tenant, Optional<Set<CustomerId>> customers, int line) {}

    private record Report(Scope scope, List<UsageEvent> events) {}

    private List<List<EventResult>> reported(List<Report> reports, Runnable committing) {
        List<UsageEvent> events = new ArrayList<>();
        reports.forEach(report -> events.addAll(report.events()));
        Scope scope = reports.get(0).scope();
        Iterator<EventResult> results = database.transact(scope, () -> {
                    List<EventResult> counted = counted(scope, events);
                    committing.run();
                    return counted;
                })
                .iterator();
        List<List<EventResult>> each = new ArrayList<>(reports.size());
        for (Report report : reports) {
            List<EventResult> own = new ArrayList<>(report.events().size());
            report.events().forEach(event -> own.add(results.next()));
            each.add(own);
        }
        return each;
    }

    private List<EventResult> counted(Scope scope, List<UsageEvent> events) {
        Instant now = clocks.of(scope.tenant()).instant();
        // what came twice came twice in real time, however far a sandbox's clock was moved in between
        Instant received = clocks.wall().instant();
        Map<Integer, EventResult> results = new TreeMap<>();
        List<Candidate> candidates = candidates(scope, events, now, results);
        Map<UUID, Candidate> firsts = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            firsts.putIfAbsent(candidate.key(), candidate);
        }
        Set<UUID> fresh = dedupe.enter(scope, firsts.values(), received);
        List<Candidate> accepted = firsts.values().stream()
                .filter(candidate -> fresh.contains(candidate.key()))
                .toList();
        Map<UUID, BigDecimal> charges = write(scope, accepted, now, received);
        Set<UUID> before = new HashSet<>(firsts.keySet());
        before.removeAll(fresh);
        charges.putAll(dedupe.charges(scope, before, received));
        for (Candidate candidate : candidates) {
            results.put(candidate.place(), result(candidate, firsts, fresh, charges));
        }
        return List.copyOf(results.values());
    }

    private static EventResult result(
            Candidate candidate, Map<UUID, Candidate> firsts, Set<UUID> fresh, Map<UUID, BigDecimal> charges) {
        Optional<BigDecimal> charge = Optional.ofNullable(charges.get(candidate.key()));
        boolean counts = fresh.contains(candidate.key()) && candidate.equals(firsts.get(candidate.key()));
        return counts ? new EventResult.Accepted(charge.orElseThrow()) : new EventResult.Duplicate(charge);
    }

    private List<Candidate> candidates(
            Scope scope, List<UsageEvent> events, Instant now, Map<Integer, EventResult> results) {
        Set<String> keys = new HashSet<>();
        Set<CustomerId> ids = new HashSet<>();
        for (UsageEvent event : events) {
            keys.add(event.meter());
            ids.add(event.customer());
        }
        Map<String, Meter> meters = rating.meters(scope, keys);
        Set<CustomerId> existing = customers.existing(scope, ids);
        EventChecks checks = new EventChecks(scope, meters, existing, now, lateDays);
        List<Candidate> candidates = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            UsageEvent event = events.get(i);
            Optional<EventResult.Rejected> refusal = checks.refusal(event);
            if (refusal.isPresent()) {
                results.put(i, refusal.get());
            } else {
                candidates.add(checks.candidate(i, event));
            }
        }
        return candidates;
    }

    /** Rates, posts and stores new events; answers what each is charged. */
    private Map<UUID, BigDecimal> write(Scope scope, List<Candidate> accepted, Instant now, Instant received) {
        Map<UUID, BigDecimal> charges = new HashMap<>();
        if (accepted.isEmpty()) {
            return charges;
        }
        List<RatedUsage> prices =
                rating.rate(scope, accepted.stream().map(Candidate::usage).toList());
        Map<CustomerId, UUID> postings = post(scope, accepted, prices, received);
        spending.count(scope, spent(accepted, prices));
        List<Counted> counted = new ArrayList<>(accepted.size());
        for (int i = 0; i < accepted.size(); i++) {
            Candidate candidate = accepted.get(i);
            Optional<UUID> posting = Optional.ofNullable(postings.get(candidate.customer()));
            counted.add(new Counted(candidate, prices.get(i), posting));
            charges.put(candidate.key(), prices.get(i).charge());
        }
        UsageRows rows = new UsageRows(counted);
        sql.store(scope.tenant(), rows.columns(), rows.sums(), now);
        return charges;
    }

    /** What was charged for users. */
    private static List<Spent> spent(List<Candidate> accepted, List<RatedUsage> prices) {
        List<Spent> spent = new ArrayList<>();
        for (int i = 0; i < accepted.size(); i++) {
            UsageEvent event = accepted.get(i).event();
            BigDecimal charge = prices.get(i).charge();
            if (event.user().isPresent() && charge.signum() != 0) {
                spent.add(new Spent(event.customer(), event.user().get(), charge));
            }
        }
        return spent;
    }

    /** One posting a customer, where there is anything to post; answers their keys. */
    private Map<CustomerId, UUID> post(
            Scope scope, List<Candidate> accepted, List<RatedUsage> prices, Instant received) {
        Map<CustomerId, BigDecimal> sums = new TreeMap<>(AS_STORED);
        Map<CustomerId, List<UUID>> keys = new HashMap<>();
        for (int i = 0; i < accepted.size(); i++) {
            Candidate candidate = accepted.get(i);
            sums.merge(candidate.customer(), prices.get(i).charge(), BigDecimal::add);
            keys.computeIfAbsent(candidate.customer(), customer -> new ArrayList<>())
                    .add(candidate.key());
        }
        List<Posting> postings = new ArrayList<>();
        Map<CustomerId, UUID> posted = new HashMap<>();
        sums.forEach((customer, sum) -> {
            if (sum.signum() != 0) {
                UUID key = EventKey.ofPosting(keys.getOrDefault(customer, List.of()), received);
                posted.put(customer, key);
                postings.add(new Posting(
                        customer,
                        sum.negate(),
                        EntryKind.USAGE,
                        Optional.of(TypeId.format("use", key)),
                        Optional.empty(),
                        key,
                        false));
            }
        });
        if (!postings.isEmpty()) {
            // a key follows from those of its events, each of which this transaction has entered as new
            for (PostResult result : ledger.postNew(scope, postings)) {
                if (!(result instanceof PostResult.Posted)) {
                    throw new IllegalStateException("usage could not be charged: " + result);
                }
            }
        }
        return posted;
    }

    @Override
    public Page<UsageDay> days(Scope scope, CustomerId customer, UsageFilter filter, Page.Request page) {
        return lists.days(scope, customer, filter, page);
    }

    @Override
    public List<UsageWeeks> weeks(Scope scope, Collection<CustomerId> of) {
        return lists.weeks(scope, of);
    }

    @Override
    public ExplainedEvent explain(Scope scope, CustomerId customer, UsageEventId event) {
        return explanations.of(scope, customer, event, lateDays);
    }

    @Override
    public Page<StoredEvent> events(Scope scope, CustomerId customer, UsageFilter filter, Page.Request page) {
        return lists.events(scope, customer, filter, page);
    }
}
