package org.bursar.chathistory.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.chathistory.internal.sql.ThreadMapper;
import org.bursar.customers.CustomerFacts;
import org.bursar.customers.CustomerPart;
import org.bursar.database.Database;
import org.bursar.identity.UserChats;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.ThreadId;
import org.bursar.kernel.UserId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What chat history adds to a customer and to its users: how many threads and messages, and that they go when the customer is
 * erased.
 */
@Component(service = {CustomerFacts.class, CustomerPart.class, UserChats.class})
public final class ChatFacts implements CustomerFacts, CustomerPart, UserChats {
    private final Database database;
    private final ThreadMapper mapper;

    @Activate
    public ChatFacts(@Reference Database database) {
        this.database = database;
        this.mapper = database.mapper(StoredThreads.SCHEMA, ThreadMapper.class);
    }

    @Override
    public Map<CustomerId, Map<String, Object>> facts(Scope scope, Collection<CustomerId> customers) {
        Map<CustomerId, Map<String, Object>> facts = new HashMap<>();
        for (CustomerId customer : customers) {
            facts.put(customer, Map.of("threads", 0L, "messages", 0L));
        }
        UUID[] ids = customers.stream().map(CustomerId::uuid).toArray(UUID[]::new);
        database.run(
                scope,
                () -> mapper.totals(scope.tenant(), ids)
                        .forEach(row -> facts.put(
                                row.customerId(), Map.of("threads", row.threads(), "messages", row.messages()))));
        return facts;
    }

    @Override
    public Map<UserId, Count> counts(Scope scope, Collection<UserId> users) {
        Map<UserId, Count> counts = new HashMap<>();
        users.forEach(user -> counts.put(user, new Count(0, 0)));
        UUID[] ids = users.stream().map(UserId::uuid).toArray(UUID[]::new);
        database.run(
                scope,
                () -> mapper.userTotals(scope.tenant(), ids)
                        .forEach(row -> counts.put(row.userId(), new Count(row.threads(), row.messages()))));
        return counts;
    }

    @Override
    public String name() {
        return "chat-history";
    }

    @Override
    public int order() {
        return 300;
    }

    /** Nothing: a customer begins without threads. */
    @Override
    public void created(Scope scope, CustomerId customer, Optional<String> plan) {}

    @Override
    public void erased(Scope scope, CustomerId customer) {
        database.run(scope, () -> {
            var threads = mapper.lockAll(scope.tenant(), customer);
            UUID[] ids = threads.stream().map(ThreadId::uuid).toArray(UUID[]::new);
            String[] subjects = threads.stream().map(ThreadId::toString).toArray(String[]::new);
            mapper.deleteMessages(scope.tenant(), ids, subjects);
            mapper.deleteThreads(scope.tenant(), customer);
            mapper.deleteUserTotals(scope.tenant(), customer);
            mapper.deleteTotal(scope.tenant(), customer);
        });
    }
}
