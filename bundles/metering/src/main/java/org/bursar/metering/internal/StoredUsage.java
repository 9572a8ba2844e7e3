package org.bursar.metering.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
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
import org.bursar.credits.EntryKind;
import org.bursar.credits.Ledger;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
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
import org.bursar.metering.StoredEvent;
import org.bursar.metering.UsageDay;
import org.bursar.metering.UsageEvent;
import org.bursar.metering.UsageEvents;
import org.bursar.metering.UsageFilter;
import org.bursar.metering.internal.sql.UsageMapper;
import org.bursar.plans.Meter;
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
    private static final Comparator<CustomerId> AS_STORED =
            Comparator.comparing(customer -> customer.uuid().toString());

    /** Larger reports fill a transaction of their own. */
    private static final int MOST_TOGETHER = 100;

    private final Database database;
    private final Customers customers;
    private final UsageRating rating;
    private final Ledger ledger;
    private final TenantClocks clocks;
    private final UsageMapper sql;
    private volatile Dedupe dedupe;
    private final UsageLists lists;
    private final Explanations explanations;
    private final GroupCommit<Rows, Report, List<EventResult>> together =
            new GroupCommit<>(MOST, report -> report.events().size(), (rows, reports) -> reported(reports));
    private volatile int lateDays;

    @Activate
    public StoredUsage(
            @Reference Database database,
            @Reference Customers customers,
            @Reference UsageRating rating,
            @Reference Ledger ledger,
            @Reference TenantClocks clocks,
            MeteringConfig config) {
        this.database = database;
        this.customers = customers;
        this.rating = rating;
        this.ledger = ledger;
        this.clocks = clocks;
        this.sql = database.mapper("metering", UsageMapper.class);
        this.dedupe = new Dedupe(database, sql, config.dedupe_days());
        this.lists = new UsageLists(database, customers, rating, sql);
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
        if (events.size() > MOST_TOGETHER || database.inTransaction()) {
            return database.transact(scope, () -> counted(scope, events));
        }
        return together.submit(new Rows(scope.tenant(), scope.customers()), new Report(scope, events));
    }

    /** What a transaction sees, and one caller's events: who calls is recorded nowhere, so callers may share a transaction. */
    private record Rows(TenantId tenant, Optional<Set<CustomerId>> customers) {}

    private record Report(Scope scope, List<UsageEvent> events) {}

    private List<List<EventResult>> reported(List<Report> reports) {
        List<UsageEvent> events = new ArrayList<>();
        reports.forEach(report -> events.addAll(report.events()));
        Scope scope = reports.get(0).scope();
        Iterator<EventResult> results =
                database.transact(scope, () -> counted(scope, events)).iterator();
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
        List<Counted> counted = new ArrayList<>(accepted.size());
        for (int i = 0; i < accepted.size(); i++) {
            Candidate candidate = accepted.get(i);
            Optional<UUID> posting = Optional.ofNullable(postings.get(candidate.customer()));
            counted.add(new Counted(candidate, prices.get(i), posting));
            charges.put(candidate.key(), prices.get(i).charge());
        }
        UsageRows rows = new UsageRows(counted);
        sql.insert(scope.tenant(), rows.columns(), now);
        sql.addHours(scope.tenant(), rows.hours());
        sql.addDays(scope.tenant(), rows.days());
        return charges;
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
            for (PostResult result : ledger.post(scope, postings)) {
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
    public ExplainedEvent explain(Scope scope, CustomerId customer, UsageEventId event) {
        return explanations.of(scope, customer, event, lateDays);
    }

    @Override
    public Page<StoredEvent> events(Scope scope, CustomerId customer, UsageFilter filter, Page.Request page) {
        return lists.events(scope, customer, filter, page);
    }
}
