package org.bursar.customers.internal;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;

/** Customers over a database of their own, with fakes around them. */
final class Bench implements AutoCloseable {
    final TestDatabase data = TestDatabase.fresh();
    final TestClock clock = TestClock.at("2026-11-21T10:00:00Z");
    final Fakes.FakeUsers users = new Fakes.FakeUsers(clock);
    final Fakes.FakeMails mails = new Fakes.FakeMails();
    final Fakes.FakeAudit audit = new Fakes.FakeAudit();
    final Fakes.FakeWorkspaces workspaces = new Fakes.FakeWorkspaces();
    final Fakes.FakeTenants tenants = new Fakes.FakeTenants();
    final Fakes.FakePart credits = new Fakes.FakePart("credits", 100);
    final Fakes.FakePart plans = new Fakes.FakePart("plans", 200);
    final Fakes.FakeFacts facts = new Fakes.FakeFacts();
    final CustomerParts parts = new CustomerParts(Fakes.settings());
    final CompanyAccounts accounts = new CompanyAccounts(data.database(), clock, users, audit, workspaces, parts);
    final RememberedDecisions remembered = new RememberedDecisions();
    final AccessChanges changes = new AccessChanges(data.database(), clock, remembered);
    final AccountLifecycle lifecycle =
            new AccountLifecycle(data.database(), clock, users, audit, accounts, changes, Fakes.settings());
    final CustomerDirectory directory = new CustomerDirectory(data.database(), users, accounts);
    final Erasure erasure = new Erasure(data.database(), clock, tenants, users, mails, audit, parts, accounts);
    final Scope scope = tenant();

    Bench() {
        parts.addPart(Fakes.service(plans));
        parts.addPart(Fakes.service(credits));
        directory.addFacts(Fakes.service(facts));
    }

    /** Another tenant. */
    Scope tenant() {
        TenantId id = TenantId.next(clock);
        tenants.all.add(id);
        return Scope.of(id, Actor.system("test"));
    }

    CustomerId create(Scope where, String name, String email) {
        // the list by registration goes by the time in the id
        clock.advance(java.time.Duration.ofMillis(1));
        return accounts.create(where, form(name, email));
    }

    CustomerId create(String name, String email) {
        return create(scope, name, email);
    }

    void delete(CustomerId id) {
        lifecycle.change(scope, id, AccountLifecycle.Verb.DELETE, OptionalLong.empty(), null);
    }

    /** A customer of a country, registered at a time. */
    CustomerId create(String name, String country, Instant at) {
        clock.set(at);
        return accounts.create(
                scope,
                new NewCustomerForm(
                        name,
                        null,
                        null,
                        country,
                        new AddressForm("410 Harbor Street", null, "Portland", null, null),
                        null,
                        null,
                        null,
                        new AdminForm("Jonas", "Berg", name.replace(' ', '.') + "@x.example", "Aa1!aaaa"),
                        List.of(),
                        "scale",
                        null));
    }

    static CustomerFilter filter(String q, String status, String plan, String sort) {
        return CustomerFilter.of(new CustomerFilter.Query(q, status, plan, null, null, null, null, sort));
    }

    static NewCustomerForm form(String name, String email) {
        return form(name, email, List.of(), null);
    }

    static NewCustomerForm form(String name, String email, List<String> workspaces, String parent) {
        return new NewCustomerForm(
                name,
                "acmecorp.example",
                "+12025550189",
                "US",
                new AddressForm("410 Harbor Street", "Suite 9", "Portland", "OR", "97209"),
                "Ships things",
                "Pays late, by agreement",
                new ContactForm("Ada Moss", null, "ada@acmecorp.example", null),
                new AdminForm("Jonas", "Berg", email, "Aa1!aaaa"),
                workspaces,
                "scale",
                parent);
    }

    @Override
    public void close() {
        data.close();
    }
}
