package org.bursar.chathistory.internal;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bursar.customers.Customers;
import org.bursar.identity.Audit;
import org.bursar.identity.Users;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;
import org.bursar.tenancy.Workspaces;

/** The capabilities below, as chat history sees them: every customer is there, and what is audited is kept. */
final class Neighbours implements Customers, Audit {
    final List<String> audited = new ArrayList<>();
    final Set<CustomerId> absent = new HashSet<>();
    final Set<UserId> present = new HashSet<>();

    @Override
    public Set<CustomerId> existing(Scope scope, Collection<CustomerId> customers) {
        return customers.stream()
                .filter(customer -> scope.sees(customer) && !absent.contains(customer))
                .collect(Collectors.toSet());
    }

    @Override
    public void require(Scope scope, CustomerId customer) {
        if (existing(scope, List.of(customer)).isEmpty()) {
            throw Problems.notFound();
        }
    }

    @Override
    public Map<CustomerId, String> names(Scope scope, Collection<CustomerId> customers) {
        return Map.of();
    }

    @Override
    public synchronized void record(
            Scope scope, String action, String subject, Optional<CustomerId> customer, Object before, Object after) {
        audited.add(action + " " + subject + " by " + scope.actor().id());
    }

    /** Users: those who are present; nothing else is asked of them here. */
    Users users() {
        return (Users) Proxy.newProxyInstance(
                Users.class.getClassLoader(), new Class<?>[] {Users.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("existing")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    Set<Object> found = new HashSet<>((Collection<?>) arguments[2]);
                    found.retainAll(present);
                    return found;
                });
    }

    /** Workspaces: none is there. */
    static Workspaces noWorkspaces() {
        return new Workspaces() {
            @Override
            public Set<WorkspaceId> existing(Scope scope, Collection<WorkspaceId> workspaces) {
                return Set.of();
            }
        };
    }
}
