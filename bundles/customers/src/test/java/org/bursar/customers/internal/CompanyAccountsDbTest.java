package org.bursar.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bursar.customers.AccessReason;
import org.bursar.customers.internal.AccountLifecycle.Verb;
import org.bursar.identity.UserSummary;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompanyAccountsDbTest {
    private Bench bench;
    private Scope scope;

    @BeforeEach
    void open() {
        bench = new Bench();
        scope = bench.scope;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static String code(ThrowingCallable call) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, call);
        assertThat(refused).isNotNull();
        return refused.problem().code().code();
    }

    private static List<String> pointers(ThrowingCallable call) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, call);
        assertThat(refused).isNotNull();
        return refused.problem().errors().stream().map(FieldError::pointer).toList();
    }

    private int customers() {
        return bench.directory
                .count(scope, CustomerFilter.ALL, new Page.Request(1, null), new Page<>(List.of(), "more"))
                .orElseThrow()
                .counted();
    }

    private void change(CustomerId id, Verb verb) {
        bench.lifecycle.change(scope, id, verb, OptionalLong.empty(), "because");
    }

    @Test
    void creatingMakesTheAdminAndAsksEachPartInItsOrder() {
        CustomerId id = bench.create("Acme Corporation", "admin@acmecorp.example");

        FoundCustomer found = bench.directory.get(scope, id);
        assertThat(found.row().name()).isEqualTo("Acme Corporation");
        assertThat(found.admin().email()).isEqualTo("admin@acmecorp.example");
        assertThat(found.standing()).isEqualTo("active");
        assertThat(found.facts()).containsEntry("plan", null).containsEntry("balance", null);
        assertThat(bench.credits.calls).containsExactly("created scale");
        assertThat(bench.plans.calls).containsExactly("created scale");
        assertThat(bench.audit.actions).containsExactly("customer.create " + id);
    }

    @Test
    void whenAPartRefusesNothingIsCreated() {
        bench.plans.failure = new ProblemException(Problems.invalid("/plan", FieldProblems.NOT_FOUND, "no such plan"));

        assertThat(pointers(() -> bench.create("Acme", "admin@acmecorp.example")))
                .containsExactly("/plan");

        assertThat(customers()).isZero();
    }

    @Test
    void whileAPartIsMissingNoCustomerIsCreated() {
        CustomerParts none = new CustomerParts(Fakes.settings());
        CompanyAccounts accounts = new CompanyAccounts(
                bench.data.database(), bench.clock, bench.users, bench.audit, bench.workspaces, none);

        assertThat(code(() -> accounts.create(scope, Bench.form("Acme", "a@acme.example"))))
                .isEqualTo("unavailable");
        assertThat(customers()).isZero();
    }

    @Test
    void aTakenAddressRollsTheWholeCustomerBack() {
        bench.create("Acme", "admin@acmecorp.example");

        assertThat(code(() -> bench.create("Other", "ADMIN@acmecorp.example"))).isEqualTo("email_taken");

        assertThat(customers()).isEqualTo(1);
    }

    @Test
    void aWorkspaceThatIsNotThereIsNamedAtItsPlace() {
        WorkspaceId there = WorkspaceId.next(bench.clock);
        bench.workspaces.all.add(there);
        List<String> sent =
                List.of(there.toString(), WorkspaceId.next(bench.clock).toString());

        assertThat(pointers(() -> bench.accounts.create(scope, Bench.form("A", "a@a.example", sent, null))))
                .containsExactly("/workspaces/1");

        CustomerId id = bench.accounts.create(scope, Bench.form("A", "a@a.example", sent.subList(0, 1), null));
        assertThat(bench.directory.get(scope, id).workspaces()).containsExactly(there);
        AccountWorkspaces use = new AccountWorkspaces(bench.data.database());
        CustomerId other = bench.create("B", "b@b.example");
        assertThat(use.used(scope, there)).isTrue();
        assertThat(use.usable(scope.only(id))).containsExactly(there);
        assertThat(use.usable(scope.only(other))).isEmpty();
        assertThat(use.used(bench.tenant(), there)).isFalse();
        bench.accounts.setWorkspaces(scope, id, OptionalLong.of(1), List.of());
        assertThat(use.used(scope, there)).isFalse();
        assertThat(bench.directory.get(scope, id).workspaces()).isEmpty();
        assertThat(bench.accounts.get(scope, id).version()).isEqualTo(2);
    }

    @Test
    void aDuplicateCompanyAndAPersonalAddressWarnAndAreNotRefused() {
        bench.create("Acme Corporation", "admin@acmecorp.example");
        CustomerId second = bench.create("ACME corp.", "jonas@gmail.com");

        assertThat(bench.accounts.warnings(scope, second))
                .extracting(Warning::code)
                .containsExactly("duplicate_company", "personal_email");
        CustomerId third = bench.create("Bluebird Travel", "admin@bluebird.example");
        assertThat(bench.accounts.warnings(scope, third)).isEmpty();
    }

    @Test
    void anEditWithAnOldVersionIsStaleAndChangesNothing() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");
        bench.accounts.update(scope, id, OptionalLong.of(1), form -> renamed(form, "Acme Two"));

        assertThat(code(() ->
                        bench.accounts.update(scope, id, OptionalLong.of(1), form -> renamed(form, "Acme Three"))))
                .isEqualTo("stale");

        CustomerRow row = bench.accounts.get(scope, id);
        assertThat(row.name()).isEqualTo("Acme Two");
        assertThat(row.nameKey()).isEqualTo("acme two");
        assertThat(row.version()).isEqualTo(2);
        assertThat(bench.audit.actions).contains("customer.update " + id).hasSize(2);
    }

    private static CustomerForm renamed(CustomerForm form, String name) {
        return new CustomerForm(
                name,
                form.website(),
                form.phone(),
                form.country(),
                form.address(),
                form.description(),
                form.notes(),
                form.contact(),
                form.workspaces(),
                form.parent());
    }

    @Test
    void anEditThatChangesNothingMakesNoNewVersion() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");

        bench.accounts.update(scope, id, OptionalLong.empty(), form -> form);

        assertThat(bench.accounts.get(scope, id).version()).isEqualTo(1);
    }

    @Test
    void aParentIsACustomerOfTheTenantWithoutAParentOfItsOwn() {
        CustomerId parent = bench.create("Parent", "p@p.example");
        CustomerId foreign = bench.create(bench.tenant(), "Foreign", "f@f.example");
        CustomerId child =
                bench.accounts.create(scope, Bench.form("Child", "c@c.example", List.of(), parent.toString()));

        assertThat(bench.accounts.get(scope, child).parentId()).isEqualTo(parent);
        for (CustomerId wrong : List.of(child, foreign, CustomerId.next(bench.clock))) {
            assertThat(pointers(() ->
                            bench.accounts.create(scope, Bench.form("X", "x@x.example", List.of(), wrong.toString()))))
                    .containsExactly("/parent");
        }
        assertThat(pointers(() -> bench.accounts.update(
                        scope,
                        parent,
                        OptionalLong.empty(),
                        form -> new CustomerForm(
                                form.companyName(),
                                null,
                                null,
                                null,
                                form.address(),
                                null,
                                null,
                                null,
                                null,
                                parent.toString()))))
                .contains("/parent");
    }

    @Test
    void otherTenantsAndOtherCustomersSeeNothingOfIt() {
        CustomerId mine = bench.create("Acme", "admin@acmecorp.example");
        CustomerId other = bench.create("Bluebird", "admin@bluebird.example");
        Scope foreign = bench.tenant();

        assertThat(code(() -> bench.accounts.get(foreign, mine))).isEqualTo("not_found");
        assertThat(code(() -> bench.lifecycle.change(foreign, mine, Verb.SUSPEND, OptionalLong.empty(), null)))
                .isEqualTo("not_found");
        assertThat(bench.accounts.existing(foreign, Set.of(mine))).isEmpty();
        assertThat(code(() -> bench.accounts.get(scope.only(other), mine))).isEqualTo("not_found");
        assertThat(bench.directory
                        .list(scope.only(other), CustomerFilter.ALL, Page.Request.first())
                        .items())
                .extracting(found -> found.row().customerId())
                .containsExactly(other);
        assertThat(code(() -> bench.lifecycle.change(scope.only(mine), mine, Verb.RESUME, OptionalLong.empty(), null)))
                .isEqualTo("forbidden");
    }

    @Test
    void eachVerbStartsFromItsOwnStatusesAndCanBeRepeated() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");

        change(id, Verb.SUSPEND);
        long suspended = bench.accounts.get(scope, id).version();
        change(id, Verb.SUSPEND);
        assertThat(bench.accounts.get(scope, id).version()).isEqualTo(suspended);
        assertThat(code(() -> change(id, Verb.ACTIVATE))).isEqualTo("wrong_status");
        change(id, Verb.RESUME);
        change(id, Verb.DEACTIVATE);
        assertThat(bench.users.sessionsEnded).containsExactly(id);
        assertThat(code(() -> change(id, Verb.SUSPEND))).isEqualTo("wrong_status");
        assertThat(code(() -> change(id, Verb.RESUME))).isEqualTo("wrong_status");
        change(id, Verb.ACTIVATE);
        assertThat(bench.accounts.get(scope, id).status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void aDeletedCustomerComesBackWhileTheGracePeriodLasts() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");

        bench.delete(id);

        assertThat(customers()).isZero();
        assertThat(bench.accounts.existing(scope, Set.of(id))).isEmpty();
        bench.clock.advance(Duration.ofDays(29));
        bench.erasure.run();
        change(id, Verb.ACTIVATE);
        bench.clock.advance(Duration.ofDays(2));
        bench.erasure.run();
        assertThat(bench.accounts.get(scope, id).name()).isEqualTo("Acme");
        assertThat(bench.users.erased).isEmpty();
    }

    @Test
    void afterTheGracePeriodPersonalDataGoesOnceAndForAll() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");
        bench.delete(id);
        bench.clock.advance(Duration.ofDays(30));

        bench.erasure.run();
        bench.erasure.run();

        assertThat(code(() -> bench.accounts.get(scope, id))).isEqualTo("not_found");
        assertThat(bench.accounts.names(scope, Set.of(id))).containsEntry(id, "Erased customer");
        assertThat(bench.users.erased).containsExactly(id);
        assertThat(bench.mails.erased).containsExactly(id);
        assertThat(bench.credits.calls).containsExactly("created scale", "erased " + id);
        String left = bench.data
                .database()
                .transact(
                        scope,
                        () -> bench.accounts
                                        .mapper()
                                        .newest(scope.tenant(), AccountStatus.DELETED, null, null, id.uuid(), 10)
                                + "");
        assertThat(left).isEqualTo("[]");
        bench.create("Acme", "admin@acmecorp.example");
    }

    @Test
    void aPartThatComesBackLaterErasesItsShareThen() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");
        bench.delete(id);
        bench.clock.advance(Duration.ofDays(30));
        bench.erasure.run();
        Fakes.FakePart chats = new Fakes.FakePart("chat-history", 300);
        bench.parts.addPart(Fakes.service(chats));

        bench.erasure.run();
        bench.erasure.run();

        assertThat(chats.calls).containsExactly("erased " + id);
        assertThat(bench.users.erased).containsExactly(id);
    }

    @Test
    void anErasureThatFailsHalfWayIsWholeTheNextTime() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");
        bench.delete(id);
        bench.clock.advance(Duration.ofDays(30));
        bench.plans.failure = new IllegalStateException("not now");

        assertThatThrownBy(bench.erasure::run).isInstanceOf(IllegalStateException.class);
        assertThat(bench.accounts.get(scope, id).name()).isEqualTo("Acme");
        bench.plans.failure = null;
        bench.erasure.run();

        assertThat(code(() -> bench.accounts.get(scope, id))).isEqualTo("not_found");
    }

    @Test
    void nobodyOfASuspendedTenantIsServedWhateverIsRemembered() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");
        RuleAccess access = new RuleAccess(
                bench.data.database(), bench.accounts, bench.remembered, bench.tenants, Fakes.settings());
        access.addRule(Fakes.service(new AccountRule(bench.accounts, bench.users)));
        access.addRule(Fakes.service(new Fakes.FakeRule("balance", Optional.empty())));
        access.addRule(Fakes.service(new Fakes.FakeRule("subscription", Optional.empty())));
        bench.remembered.heard(bench.remembered.now());
        assertThat(access.decide(scope, id, Optional.empty(), Set.of()).allowed())
                .isTrue();

        bench.tenants.suspended.add(scope.tenant());
        assertThat(access.decide(scope, id, Optional.empty(), Set.of("account", "balance", "subscription"))
                        .reasons())
                .extracting(AccessReason::code)
                .containsExactly("tenant_suspended");
        assertThat(code(() -> access.decide(scope, CustomerId.next(bench.clock), Optional.empty(), Set.of())))
                .as("no telling who is there")
                .isEqualTo("not_found");

        bench.tenants.suspended.clear();
        assertThat(access.decide(scope, id, Optional.empty(), Set.of()).allowed())
                .isTrue();
    }

    @Test
    void accessIsRefusedWhileARuleIsMissingAndNeverFailsOpen() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");
        RuleAccess access = new RuleAccess(
                bench.data.database(), bench.accounts, bench.remembered, bench.tenants, Fakes.settings());
        access.addRule(Fakes.service(new AccountRule(bench.accounts, bench.users)));
        access.addRule(Fakes.service(new Fakes.FakeRule("balance", Optional.empty())));

        var decision = access.decide(scope, id, Optional.empty(), Set.of());
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.notReady()).isTrue();

        access.addRule(Fakes.service(
                new Fakes.FakeRule("subscription", Optional.of(new AccessReason("subscription_locked", "Locked.")))));
        assertThat(access.decide(scope, id, Optional.empty(), Set.of()).reasons())
                .extracting(AccessReason::code)
                .containsExactly("subscription_locked");
        assertThat(access.decide(scope, id, Optional.empty(), Set.of("subscription"))
                        .allowed())
                .isTrue();
        assertThat(code(() -> access.decide(bench.tenant(), id, Optional.empty(), Set.of())))
                .isEqualTo("not_found");
    }

    @Test
    void theAccountsStatusSpeaksAgainstBeingServedAndAgainstSigningIn() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");
        AccountRule rule = new AccountRule(bench.accounts, bench.users);

        KnownAccounts signIn = new KnownAccounts(bench.data.database());
        assertThat(rule.refusal(scope, id, Optional.empty())).isEmpty();
        assertThat(signIn.refusesNewUsers(scope, id)).isEmpty();
        change(id, Verb.SUSPEND);
        assertThat(rule.refusal(scope, id, Optional.empty()).orElseThrow().code())
                .isEqualTo("account_suspended");
        assertThat(signIn.refusal(scope, id)).isEmpty();
        assertThat(signIn.refusesNewUsers(scope, id).orElseThrow().code()).isEqualTo("account_suspended");
        change(id, Verb.DEACTIVATE);
        assertThat(signIn.refusal(scope, id).orElseThrow().code()).isEqualTo("account_inactive");
        assertThat(signIn.refusesNewUsers(scope, id).orElseThrow().code()).isEqualTo("account_inactive");
        change(id, Verb.DELETE);
        assertThat(signIn.refusal(scope, id).orElseThrow().code()).isEqualTo("account_deleted");
    }

    @Test
    void aDisabledUserIsNotServedAndAnothersUserIsNotThere() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");
        CustomerId other = bench.create("Bluebird", "admin@bluebird.example");
        CustomerId child = bench.accounts.create(scope, Bench.form("Child", "c@c.example", List.of(), id.toString()));
        AccountRule rule = new AccountRule(bench.accounts, bench.users);
        Optional<UserId> user = Optional.of(bench.users.admins.get(id).id());

        assertThat(rule.refusal(scope, id, user)).isEmpty();
        assertThat(rule.refusal(scope, child, user)).isEmpty();
        assertThat(code(() -> rule.refusal(scope, other, user))).isEqualTo("not_found");
        bench.users.disabled.add(user.get());
        assertThat(rule.refusal(scope, id, user).orElseThrow().code()).isEqualTo("user_disabled");
    }

    @Test
    void theSearchFollowsTheAdminsAddressAndNotThatOfOtherUsers() {
        CustomerId id = bench.create("Acme", "admin@acmecorp.example");
        KnownAccounts known = new KnownAccounts(bench.data.database());

        known.changed(scope, id, UserId.next(bench.clock), "member@elsewhere.example");
        assertThat(bench.accounts.get(scope, id).email()).isEqualTo("admin@acmecorp.example");
        known.changed(scope, id, bench.users.admins.get(id).id(), "new@acmecorp.example");
        assertThat(bench.accounts.get(scope, id).email()).isEqualTo("new@acmecorp.example");

        UserId successor = UserId.next(bench.clock);
        bench.users.admins.put(id, new UserSummary(successor, "Ada Moss", "ada@acmecorp.example"));
        new SearchAddresses(bench.tenants, bench.users, bench.accounts, bench.directory).run();
        assertThat(bench.accounts.get(scope, id).email()).isEqualTo("ada@acmecorp.example");
        known.changed(scope, id, successor, "moss@acmecorp.example");
        assertThat(bench.directory
                        .list(scope, Bench.filter("MOSS@", null, null, null), Page.Request.first())
                        .items())
                .hasSize(1);
    }

    @Test
    void identityLearnsWhichCustomersAreThereAndWhoseParentTheyAre() {
        CustomerId parent = bench.create("Parent", "p@p.example");
        CustomerId child =
                bench.accounts.create(scope, Bench.form("Child", "c@c.example", List.of(), parent.toString()));
        KnownAccounts known = new KnownAccounts(bench.data.database());

        assertThat(known.exists(scope, parent)).isTrue();
        assertThat(known.exists(bench.tenant(), parent)).isFalse();
        assertThat(known.subAccounts(scope, parent)).containsExactly(child);
        bench.delete(child);
        assertThat(known.exists(scope, child)).isFalse();
        assertThat(known.subAccounts(scope, parent)).isEmpty();
    }
}
