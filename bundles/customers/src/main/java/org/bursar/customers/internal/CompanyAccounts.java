package org.bursar.customers.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bursar.customers.CustomerPart;
import org.bursar.customers.Customers;
import org.bursar.customers.CustomersProblems;
import org.bursar.customers.internal.sql.CustomerMapper;
import org.bursar.customers.internal.sql.CustomerMapper.NamedRow;
import org.bursar.customers.internal.sql.CustomerMapper.WorkspaceRow;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.identity.NewUser;
import org.bursar.identity.Users;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;
import org.bursar.tenancy.Workspaces;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Company accounts: creating and editing them. Every write is the tenant's; a customer's own callers only read. */
@Component(service = {CompanyAccounts.class, Customers.class})
public final class CompanyAccounts implements Customers {
    private final Database database;
    private final Clock clock;
    private final Users users;
    private final Audit audit;
    private final Workspaces workspaces;
    private final CustomerParts parts;
    private final CustomerMapper mapper;

    @Activate
    public CompanyAccounts(
            @Reference Database database,
            @Reference Clock clock,
            @Reference Users users,
            @Reference Audit audit,
            @Reference Workspaces workspaces,
            @Reference CustomerParts parts) {
        this.database = database;
        this.clock = clock;
        this.users = users;
        this.audit = audit;
        this.workspaces = workspaces;
        this.parts = parts;
        this.mapper = database.mapper("customers", CustomerMapper.class);
    }

    /**
     * Creates a customer, its admin and what every capability keeps for it, all or nothing.
     *
     * @throws ProblemException {@code invalid}, {@code email_taken}; {@code unavailable} while a part is missing
     */
    public CustomerId create(Scope scope, NewCustomerForm form) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            List<CustomerPart> complete = parts.complete();
            CustomerId id = CustomerId.next(clock);
            Checks checks = new Checks();
            CustomerChecks check = new CustomerChecks(checks);
            CustomerDetails details = check.details(form.customer());
            AdminForm admin = form.admin() == null ? AdminForm.EMPTY : form.admin();
            check.admin(admin);
            check.workspacesExist(
                    form.customer(), details.workspaces(), workspaces.existing(scope, details.workspaces()));
            parentFits(scope, checks, id, details.parentId());
            String plan = checks.optionalText("/plan", form.plan(), CustomerChecks.LONGEST_NAME);
            checks.done();
            NewUser user = newUser(admin);
            mapper.insert(scope.tenant(), id, details, user.email(), clock.instant());
            mapper.addWorkspaces(scope.tenant(), id, uuids(details.workspaces()));
            UserId adminId = users.createCustomerAdmin(scope, id, user);
            mapper.copyAdmin(scope.tenant(), id, adminId, user.email());
            for (CustomerPart part : complete) {
                part.created(scope, id, Optional.ofNullable(plan));
            }
            audit.record(scope, "customer.create", id.toString(), Optional.of(id), null, state(scope, get(scope, id)));
            return id;
        });
    }

    private static NewUser newUser(AdminForm admin) {
        return new NewUser(
                "/admin",
                text(admin.firstName()),
                text(admin.lastName()),
                text(admin.email()),
                Optional.ofNullable(admin.password()).filter(password -> !password.isEmpty()),
                true);
    }

    private static String text(@Nullable String checked) {
        return checked == null ? "" : checked.strip();
    }

    /** Things that look wrong about a customer and were not refused. */
    public List<Warning> warnings(Scope scope, CustomerId id) {
        return database.transact(scope, () -> {
            CustomerRow row = get(scope, id);
            List<Warning> warnings = new ArrayList<>();
            for (NamedRow other : mapper.alike(scope.tenant(), row.likeness(), id)) {
                warnings.add(new Warning(
                        Warning.DUPLICATE_COMPANY,
                        "There is a customer of a like name: " + other.name() + " (" + other.customerId() + ")."));
            }
            if (row.email() != null && PersonalMail.isPersonal(row.email())) {
                warnings.add(new Warning(
                        Warning.PERSONAL_EMAIL, "The admin's address is a personal one, not the company's."));
            }
            return warnings;
        });
    }

    /**
     * A customer that is not erased.
     *
     * @throws ProblemException {@code not_found}
     */
    public CustomerRow get(Scope scope, CustomerId id) {
        return database.transact(scope, () -> mapper.find(scope.tenant(), id).orElseThrow(Problems::notFound));
    }

    /** The status of its account; empty when it is not there or erased. */
    Optional<AccountStatus> status(Scope scope, CustomerId id) {
        return database.transact(scope, () -> mapper.status(scope.tenant(), id));
    }

    /** The customer that it is a sub-account of. */
    Optional<CustomerId> parent(Scope scope, CustomerId id) {
        return database.transact(scope, () -> mapper.find(scope.tenant(), id).map(CustomerRow::parentId));
    }

    /** The workspaces of each of these. */
    Map<CustomerId, List<WorkspaceId>> workspaces(Scope scope, Collection<CustomerId> ids) {
        return database.transact(
                scope,
                () -> mapper.workspaces(scope.tenant(), customerUuids(ids)).stream()
                        .collect(Collectors.groupingBy(
                                WorkspaceRow::customerId,
                                Collectors.mapping(WorkspaceRow::workspaceId, Collectors.toList()))));
    }

    /**
     * Edits a customer.
     *
     * @param ifMatch the version that the caller saw; empty: whatever is there
     * @param edit makes the new form of the present one
     * @throws ProblemException {@code invalid}, {@code not_found}, {@code stale}
     */
    public void update(Scope scope, CustomerId id, OptionalLong ifMatch, UnaryOperator<CustomerForm> edit) {
        scope.requireWholeTenant();
        database.run(scope, () -> {
            CustomerRow row = editable(scope, id, ifMatch);
            AuditedCustomer before = state(scope, row);
            CustomerForm form = edit.apply(before.particulars());
            if (form.equals(before.particulars())) {
                return;
            }
            Checks checks = new Checks();
            CustomerChecks check = new CustomerChecks(checks);
            CustomerDetails details = check.details(form);
            check.workspacesExist(form, details.workspaces(), workspaces.existing(scope, details.workspaces()));
            if (details.parentId() != null && !details.parentId().equals(row.parentId())) {
                parentFits(scope, checks, id, details.parentId());
            }
            checks.done();
            mapper.update(scope.tenant(), id, details, clock.instant());
            replaceWorkspaces(scope, id, details.workspaces());
            recordUpdate(scope, id, before);
        });
    }

    /**
     * Sets the workspaces that a customer may use.
     *
     * @throws ProblemException {@code invalid} at {@code /workspaces/i}, {@code not_found}, {@code stale}
     */
    public void setWorkspaces(Scope scope, CustomerId id, OptionalLong ifMatch, @Nullable List<@Nullable String> sent) {
        scope.requireWholeTenant();
        database.run(scope, () -> {
            CustomerRow row = editable(scope, id, ifMatch);
            AuditedCustomer before = state(scope, row);
            CustomerForm form = before.particulars().withWorkspaces(sent);
            Checks checks = new Checks();
            checks.present("/workspaces", sent);
            CustomerChecks check = new CustomerChecks(checks);
            List<WorkspaceId> asked = check.workspaces(sent);
            check.workspacesExist(form, asked, workspaces.existing(scope, asked));
            checks.done();
            if (!Set.copyOf(asked).equals(Set.copyOf(workspacesOf(scope, id)))) {
                replaceWorkspaces(scope, id, asked);
                mapper.touch(scope.tenant(), id, clock.instant());
                recordUpdate(scope, id, before);
            }
        });
    }

    private void replaceWorkspaces(Scope scope, CustomerId id, List<WorkspaceId> asked) {
        UUID[] uuids = uuids(asked);
        mapper.removeWorkspaces(scope.tenant(), id, uuids);
        mapper.addWorkspaces(scope.tenant(), id, uuids);
    }

    /**
     * Notes that somebody of the tenant looks at the customer's dashboard as the customer sees it.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@code forbidden} for who is held to customers of their own
     */
    public CustomerId viewed(Scope scope, CustomerId id) {
        return database.transact(scope, () -> {
            get(scope, id);
            scope.requireWholeTenant();
            audit.record(scope, "customer.view", id.toString(), Optional.of(id), null, null);
            return id;
        });
    }

    private void recordUpdate(Scope scope, CustomerId id, AuditedCustomer before) {
        audit.record(scope, "customer.update", id.toString(), Optional.of(id), before, state(scope, get(scope, id)));
    }

    /** The row, taken for a write; stale when the caller saw another version. */
    CustomerRow locked(Scope scope, CustomerId id, OptionalLong ifMatch) {
        CustomerRow row = mapper.lock(scope.tenant(), id).orElseThrow(Problems::notFound);
        if (ifMatch.isPresent() && ifMatch.getAsLong() != row.version()) {
            throw new ProblemException(Problems.STALE, "The customer was changed meanwhile.");
        }
        return row;
    }

    private CustomerRow editable(Scope scope, CustomerId id, OptionalLong ifMatch) {
        CustomerRow row = locked(scope, id, ifMatch);
        if (row.status() == AccountStatus.DELETED) {
            throw new ProblemException(
                    CustomersProblems.WRONG_STATUS, "The customer is deleted; activate it before editing it.");
        }
        return row;
    }

    /** Two levels: a parent has no parent, and whoever has children gets none. */
    private void parentFits(Scope scope, Checks checks, CustomerId id, @Nullable CustomerId parent) {
        if (parent == null) {
            return;
        }
        Optional<CustomerRow> row = mapper.lockAll(scope.tenant(), customerUuids(List.of(id, parent))).stream()
                .filter(found -> found.customerId().equals(parent))
                .findFirst();
        checks.that(
                row.isPresent() && row.get().status() != AccountStatus.DELETED && !parent.equals(id),
                "/parent",
                FieldProblems.NOT_FOUND,
                "no such customer that could be its parent");
        checks.that(
                row.isEmpty() || row.get().parentId() == null && !mapper.hasChildren(scope.tenant(), id),
                "/parent",
                CustomersProblems.TOO_DEEP,
                "a parent has no parent itself, and a customer with children gets none");
    }

    /** What the audit log keeps of a customer's state. */
    AuditedCustomer state(Scope scope, CustomerRow row) {
        return new AuditedCustomer(
                row.status(),
                row.statusReason(),
                row.eraseAfter(),
                CustomerForm.of(row, workspacesOf(scope, row.customerId())));
    }

    private List<WorkspaceId> workspacesOf(Scope scope, CustomerId id) {
        return workspaces(scope, List.of(id)).getOrDefault(id, List.of());
    }

    CustomerMapper mapper() {
        return mapper;
    }

    @Override
    public Set<CustomerId> existing(Scope scope, Collection<CustomerId> customers) {
        return database.transact(scope, () -> Set.copyOf(mapper.existing(scope.tenant(), customerUuids(customers))));
    }

    @Override
    public void require(Scope scope, CustomerId customer) {
        if (existing(scope, List.of(customer)).isEmpty()) {
            throw Problems.notFound();
        }
    }

    @Override
    public Map<CustomerId, String> names(Scope scope, Collection<CustomerId> customers) {
        return database.transact(
                scope,
                () -> mapper.names(scope.tenant(), customerUuids(customers)).stream()
                        .collect(Collectors.toMap(NamedRow::customerId, NamedRow::name)));
    }

    static UUID[] customerUuids(Collection<CustomerId> ids) {
        return ids.stream().map(CustomerId::uuid).toArray(UUID[]::new);
    }

    private static UUID[] uuids(Collection<WorkspaceId> ids) {
        return ids.stream().map(WorkspaceId::uuid).toArray(UUID[]::new);
    }

    /** A customer's state in the audit log. */
    public record AuditedCustomer(
            AccountStatus status,
            @Nullable String statusReason,
            @Nullable Instant eraseAfter,
            CustomerForm particulars) {}
}
