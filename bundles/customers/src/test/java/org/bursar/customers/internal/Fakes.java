package org.bursar.customers.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bursar.customers.AccessReason;
import org.bursar.customers.AccessRule;
import org.bursar.customers.CustomerFacts;
import org.bursar.customers.CustomerPart;
import org.bursar.customers.SubscriptionStates;
import org.bursar.identity.Audit;
import org.bursar.identity.IdentityProblems;
import org.bursar.identity.NewUser;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MailId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;
import org.bursar.mail.MailSummary;
import org.bursar.mail.MailText;
import org.bursar.mail.Mails;
import org.bursar.tenancy.Workspaces;
import org.bursar.testing.TestClock;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** What customers need of others, in memory. */
final class Fakes {
    private Fakes() {}

    static CustomersSettings settings() {
        return new CustomersSettings(
                List.of("credits", "plans"), List.of("account", "subscription", "balance"), Duration.ofDays(30));
    }

    static <T> ComponentServiceObjects<T> service(T service) {
        return new ComponentServiceObjects<>() {
            @Override
            public T getService() {
                return service;
            }

            @Override
            public void ungetService(T given) {}

            @Override
            public ServiceReference<T> getServiceReference() {
                throw new UnsupportedOperationException();
            }
        };
    }

    static final class FakeUsers implements Users {
        final Map<CustomerId, UserSummary> admins = new HashMap<>();
        final List<CustomerId> sessionsEnded = new ArrayList<>();
        final List<CustomerId> erased = new ArrayList<>();
        final Set<UserId> disabled = new HashSet<>();
        /** Users beside the admins. */
        int more;

        final TestClock clock;

        FakeUsers(TestClock clock) {
            this.clock = clock;
        }

        @Override
        public UserId createCustomerAdmin(Scope scope, CustomerId customer, NewUser user) {
            if (admins.values().stream().anyMatch(admin -> admin.email().equalsIgnoreCase(user.email()))) {
                throw new ProblemException(IdentityProblems.EMAIL_TAKEN, "taken");
            }
            UserId id = UserId.next(clock);
            admins.put(customer, new UserSummary(id, user.firstName() + ' ' + user.lastName(), user.email()));
            return id;
        }

        @Override
        public UserId createTenantOwner(Scope platform, TenantId tenant, NewUser user) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<CustomerId, UserSummary> admins(Scope scope, Collection<CustomerId> customers) {
            return admins.entrySet().stream()
                    .filter(entry -> customers.contains(entry.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        @Override
        public Map<UserId, UserSummary> named(Scope scope, Collection<UserId> users) {
            return admins.values().stream()
                    .filter(admin -> users.contains(admin.id()))
                    .collect(Collectors.toMap(UserSummary::id, admin -> admin));
        }

        @Override
        public int count(Scope scope, CustomerId customer) {
            return admins.containsKey(customer) ? 1 : 0;
        }

        @Override
        public int countOfCustomers(Scope scope, int most) {
            return Math.min(most, more + admins.size());
        }

        @Override
        public Set<UserId> existing(Scope scope, CustomerId customer, Collection<UserId> users) {
            UserSummary admin = admins.get(customer);
            return admin != null && users.contains(admin.id()) ? Set.of(admin.id()) : Set.of();
        }

        @Override
        public Set<UserId> disabled(Scope scope, Collection<UserId> users) {
            return users.stream().filter(disabled::contains).collect(Collectors.toSet());
        }

        @Override
        public void endSessions(Scope scope, CustomerId customer) {
            sessionsEnded.add(customer);
        }

        @Override
        public void erase(Scope scope, CustomerId customer) {
            admins.remove(customer);
            erased.add(customer);
        }
    }

    static final class FakeMails implements Mails {
        final List<CustomerId> erased = new ArrayList<>();

        @Override
        public Page<MailSummary> list(Scope scope, Page.Request page) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MailText read(Scope scope, MailId mail) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int erase(Scope scope, CustomerId customer) {
            erased.add(customer);
            return 1;
        }
    }

    static final class FakeAudit implements Audit {
        final List<String> actions = new ArrayList<>();

        @Override
        public void record(
                Scope scope,
                String action,
                String subject,
                Optional<CustomerId> customer,
                Object before,
                Object after) {
            actions.add(action + ' ' + subject);
        }
    }

    static final class FakeWorkspaces implements Workspaces {
        final Set<WorkspaceId> all = new HashSet<>();

        @Override
        public Set<WorkspaceId> existing(Scope scope, Collection<WorkspaceId> workspaces) {
            return workspaces.stream().filter(all::contains).collect(Collectors.toSet());
        }
    }

    static final class FakeTenants implements TenantDirectory {
        final List<TenantId> all = new ArrayList<>();
        final Set<TenantId> suspended = new HashSet<>();

        @Override
        public boolean suspended(TenantId tenant) {
            return suspended.contains(tenant);
        }

        @Override
        public Optional<TenantId> bySlug(String slug) {
            return Optional.empty();
        }

        @Override
        public Optional<TenantId> byHost(String host) {
            return Optional.empty();
        }

        @Override
        public boolean exists(TenantId tenant) {
            return all.contains(tenant);
        }

        @Override
        public List<TenantId> all() {
            return all;
        }
    }

    /** A part that remembers; {@code failure} is thrown by its next call. */
    static final class FakePart implements CustomerPart {
        final List<String> calls = new ArrayList<>();
        final String name;
        final int order;
        RuntimeException failure;

        FakePart(String name, int order) {
            this.name = name;
            this.order = order;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public void created(Scope scope, CustomerId customer, Optional<String> plan) {
            call("created " + plan.orElse("-"));
        }

        @Override
        public void erased(Scope scope, CustomerId customer) {
            call("erased " + customer);
        }

        private void call(String what) {
            if (failure != null) {
                throw failure;
            }
            calls.add(what);
        }
    }

    /** Subscriptions by customer, the plan's key and the status, and balances. */
    static final class FakeFacts implements CustomerFacts, SubscriptionStates {
        final Map<CustomerId, Map<String, Object>> known = new LinkedHashMap<>();
        int calls;

        void subscribe(CustomerId customer, String plan, String status) {
            known.put(customer, Map.of("plan", plan, "subscriptionStatus", status.toLowerCase(Locale.ROOT)));
        }

        void balance(CustomerId customer, String balance) {
            Map<String, Object> facts = new HashMap<>(known.getOrDefault(customer, Map.of()));
            facts.put("balance", balance);
            known.put(customer, facts);
        }

        @Override
        public Map<CustomerId, Map<String, Object>> facts(Scope scope, Collection<CustomerId> customers) {
            calls++;
            Map<CustomerId, Map<String, Object>> facts = new HashMap<>();
            customers.forEach(id -> facts.put(id, known.getOrDefault(id, Map.of())));
            return facts;
        }

        @Override
        public Map<String, List<CustomerId>> restricted(Scope scope, int most) {
            Map<String, List<CustomerId>> found = new HashMap<>();
            for (String state : List.of("trialing", "past_due", "cancelled", "locked")) {
                found.put(state, in(state, most));
            }
            return found;
        }

        @Override
        public List<CustomerId> active(Scope scope, int most) {
            return in("active", most);
        }

        private List<CustomerId> in(String state, int most) {
            return known.keySet().stream()
                    .filter(customer -> state.equals(known.get(customer).get("subscriptionStatus")))
                    .limit(most)
                    .toList();
        }
    }

    record FakeRule(String name, Optional<AccessReason> reason) implements AccessRule {
        @Override
        public Optional<AccessReason> refusal(Scope scope, CustomerId customer, Optional<UserId> user) {
            return reason;
        }
    }
}
