package org.bursar.customers.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.bursar.customers.CustomerFacts;
import org.bursar.customers.CustomerSearch;
import org.bursar.customers.internal.sql.CustomerMapper;
import org.bursar.database.Database;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Finds customers and shows them with the columns of other capabilities, each asked once for a page. */
@Component(service = {CustomerDirectory.class, CustomerSearch.class})
public final class CustomerDirectory implements CustomerSearch {
    static final String PLAN = "plan";
    static final String SUBSCRIPTION_STATUS = "subscriptionStatus";
    static final String BALANCE = "balance";
    /** Columns that are there, as null, even while their owner is not. */
    private static final List<String> COLUMNS = List.of(SUBSCRIPTION_STATUS, PLAN, BALANCE, "messages", "threads");

    /** The total is counted no further than this. */
    public static final int MOST_COUNTED = 1_000;

    private static final int CHUNK = 200;
    /** How many customers one request looks at for a filter that only other capabilities can answer. */
    private static final int MOST_LOOKED_AT = 5_000;

    private static final String[] ANY_STATUS =
            Arrays.stream(AccountStatus.values()).map(Enum::name).toArray(String[]::new);

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);
    /** Sorts behind every name: longer than any and of the highest character. */
    private static final String LAST_NAME =
            Character.toString(Character.MAX_CODE_POINT).repeat(CustomerChecks.LONGEST_NAME + 1);

    private final Whiteboard<CustomerFacts> owners = new Whiteboard<>();
    private final Database database;
    private final Users users;
    private final CompanyAccounts accounts;
    private final CustomerMapper mapper;

    @Activate
    public CustomerDirectory(
            @Reference Database database, @Reference Users users, @Reference CompanyAccounts accounts) {
        this.database = database;
        this.users = users;
        this.accounts = accounts;
        this.mapper = accounts.mapper();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFacts(ComponentServiceObjects<CustomerFacts> owner) {
        owners.add(owner);
    }

    void removeFacts(ComponentServiceObjects<CustomerFacts> owner) {
        owners.remove(owner);
    }

    /**
     * One customer.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    public FoundCustomer get(Scope scope, CustomerId id) {
        return database.transact(
                scope, () -> found(scope, List.of(accounts.get(scope, id))).get(0));
    }

    /**
     * One page. A filter by plan or balance, or by a standing that is the subscription's, is answered by the facts of each customer in
     * turn; after 5,000 of them the page ends early, with a cursor that goes on from there.
     */
    public Page<FoundCustomer> list(Scope scope, CustomerFilter filter, Page.Request request) {
        return database.transact(
                scope, () -> filter.needsFacts() ? sifted(scope, filter, request) : whole(scope, filter, request));
    }

    /** Those of these customers that are there and not deleted, the newest first. */
    public Page<FoundCustomer> chosen(Scope scope, Collection<CustomerId> ids, Page.Request request) {
        UUID[] chosen = ids.stream().map(CustomerId::uuid).toArray(UUID[]::new);
        String after = request.after();
        UUID before = after == null
                ? LAST
                : id(Cursor.decode(CustomerFilter.ALL.sort().key(), 1, after).get(0));
        return database.transact(
                scope,
                () -> shown(
                        scope,
                        CustomerFilter.ALL,
                        request,
                        mapper.chosen(scope.tenant(), chosen, before, request.limit() + 1)));
    }

    private Page<FoundCustomer> whole(Scope scope, CustomerFilter filter, Page.Request request) {
        return shown(scope, filter, request, rows(scope, filter, request.after(), request.limit() + 1));
    }

    /** The page that these rows are, of which there may be one more than fits. */
    private Page<FoundCustomer> shown(
            Scope scope, CustomerFilter filter, Page.Request request, List<CustomerRow> rows) {
        Page<CustomerRow> page = Page.of(rows, request, row -> cursor(filter, row));
        return new Page<>(found(scope, page.items()), page.next());
    }

    private Page<FoundCustomer> sifted(Scope scope, CustomerFilter filter, Page.Request request) {
        List<FoundCustomer> kept = new ArrayList<>();
        String after = request.after();
        for (int looked = 0; looked < MOST_LOOKED_AT; looked += CHUNK) {
            List<CustomerRow> rows = rows(scope, filter, after, CHUNK);
            for (FoundCustomer customer : found(scope, rows)) {
                if (filter.matches(customer)) {
                    if (kept.size() == request.limit()) {
                        return new Page<>(
                                kept, cursor(filter, kept.get(kept.size() - 1).row()));
                    }
                    kept.add(customer);
                }
            }
            if (rows.size() < CHUNK) {
                return new Page<>(kept, null);
            }
            after = cursor(filter, rows.get(rows.size() - 1));
        }
        return new Page<>(kept, after);
    }

    /**
     * How many customers a list has.
     *
     * @param more whether it has more than were counted
     */
    public record Total(int counted, boolean more) {}

    /**
     * How many there are, at most {@value #MOST_COUNTED}. Empty when only the facts of each could tell, and for a search that has
     * more than one page: whoever types waits for one look at the index and not for two.
     *
     * @param page the list's as it was asked for
     */
    public Optional<Total> count(Scope scope, CustomerFilter filter, Page.Request request, Page<?> page) {
        boolean whole = request.after() == null && page.next() == null;
        if (whole) {
            return Optional.of(new Total(page.items().size(), false));
        }
        if (filter.needsFacts() || filter.pattern() != null) {
            return Optional.empty();
        }
        int counted = database.transact(
                scope,
                () -> mapper.count(
                        scope.tenant(), filter.only(), filter.country(), filter.registered(), MOST_COUNTED + 1));
        return Optional.of(new Total(Math.min(counted, MOST_COUNTED), counted > MOST_COUNTED));
    }

    @Override
    public List<CustomerId> like(Scope scope, String text, int most) {
        return database
                .transact(
                        scope,
                        () -> mapper.matching(
                                scope.tenant(),
                                CustomerFilter.pattern(text),
                                ANY_STATUS,
                                null,
                                null,
                                CustomerFilter.Sort.NEWEST_FIRST.key(),
                                LAST_NAME,
                                LAST,
                                most))
                .stream()
                .map(CustomerRow::customerId)
                .toList();
    }

    /** Every customer that is not deleted, in chunks, each worked on in the transaction that reads it. */
    void eachRow(Scope scope, Consumer<List<CustomerRow>> work) {
        Optional<String> after = Optional.empty();
        do {
            String from = after.orElse(null);
            after = database.transact(scope, () -> {
                List<CustomerRow> rows = rows(scope, CustomerFilter.ALL, from, CHUNK);
                work.accept(rows);
                return rows.size() < CHUNK
                        ? Optional.empty()
                        : Optional.of(cursor(CustomerFilter.ALL, rows.get(CHUNK - 1)));
            });
        } while (after.isPresent());
    }

    private static String cursor(CustomerFilter filter, CustomerRow row) {
        return filter.sort().byName()
                ? Cursor.encode(filter.sort().key(), row.nameKey(), row.customerId())
                : Cursor.encode(filter.sort().key(), row.customerId());
    }

    private List<CustomerRow> rows(Scope scope, CustomerFilter filter, @Nullable String after, int most) {
        CustomerFilter.Sort sort = filter.sort();
        String afterName = sort.down() ? LAST_NAME : "";
        UUID afterId = sort.down() ? LAST : FIRST;
        if (after != null) {
            List<String> keys = Cursor.decode(sort.key(), sort.byName() ? 2 : 1, after);
            afterName = sort.byName() ? keys.get(0) : afterName;
            afterId = id(keys.get(keys.size() - 1));
        }
        TenantId tenant = scope.tenant();
        String pattern = filter.pattern();
        String country = filter.country();
        Registered registered = filter.registered();
        if (pattern != null) {
            return mapper.matching(
                    tenant, pattern, filter.statuses(), country, registered, sort.key(), afterName, afterId, most);
        }
        AccountStatus only = filter.only();
        if (sort.byName() && registered != null) {
            return mapper.registeredByName(tenant, only, country, registered, sort.down(), afterName, afterId, most);
        }
        return switch (sort) {
            case NEWEST_FIRST -> mapper.newest(tenant, only, country, registered, afterId, most);
            case OLDEST_FIRST -> mapper.oldest(tenant, only, country, registered, afterId, most);
            case NAME -> mapper.byName(tenant, only, country, afterName, afterId, most);
            case NAME_DOWN -> mapper.byNameDown(tenant, only, country, afterName, afterId, most);
        };
    }

    private static UUID id(String key) {
        try {
            return CustomerId.fromString(key).uuid();
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    private List<FoundCustomer> found(Scope scope, List<CustomerRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<CustomerId> ids = rows.stream().map(CustomerRow::customerId).toList();
        Map<CustomerId, List<WorkspaceId>> workspaces = accounts.workspaces(scope, ids);
        Map<CustomerId, UserSummary> admins = users.admins(scope, ids);
        List<Map<CustomerId, Map<String, Object>>> answers = new ArrayList<>();
        for (CustomerFacts owner : owners.present()) {
            answers.add(owner.facts(scope, ids));
        }
        List<FoundCustomer> found = new ArrayList<>(rows.size());
        for (CustomerRow row : rows) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            COLUMNS.forEach(column -> facts.put(column, null));
            answers.forEach(answer -> facts.putAll(answer.getOrDefault(row.customerId(), Map.of())));
            found.add(new FoundCustomer(
                    row,
                    workspaces.getOrDefault(row.customerId(), List.of()),
                    admins.get(row.customerId()),
                    facts,
                    Standing.of(row.status(), facts.get(SUBSCRIPTION_STATUS))));
        }
        return found;
    }
}
