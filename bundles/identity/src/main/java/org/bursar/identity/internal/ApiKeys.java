package org.bursar.identity.internal;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.identity.internal.sql.KeyMapper;
import org.bursar.identity.internal.sql.KeyMapper.KeyRow;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.kernel.ApiKeyId;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.rest.Caller;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** API keys: shown once, stored hashed, ended by revoking. Without a tenant they are the platform's. */
@Component(service = ApiKeys.class)
public final class ApiKeys {
    private static final String SORT = "api-key";

    private final Database database;
    private final Clock clock;
    private final Neighbours neighbours;
    private final CallerCache cache;
    private final AuditLog audit;
    private final KeyMapper mapper;
    private final UserMapper users;

    @Activate
    public ApiKeys(
            @Reference Database database,
            @Reference Clock clock,
            @Reference Neighbours neighbours,
            @Reference CallerCache cache,
            @Reference AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.neighbours = neighbours;
        this.cache = cache;
        this.audit = audit;
        this.mapper = database.mapper("identity", KeyMapper.class);
        this.users = database.mapper("identity", UserMapper.class);
    }

    /**
     * A key to be created.
     *
     * @param customer empty: all of the tenant's
     */
    @Schema(name = "NewApiKey")
    public record Creation(
            @Nullable String name,
            @Nullable List<String> permissions,

            @Schema(implementation = String.class, example = "cus_01h2xcejqtf2nbrexx3vqjhp41") @Nullable
            CustomerId customer) {}

    /** A key that was just created; its text shows no secret. */
    public record Created(ApiKeyId id, String secret) {
        @Override
        public String toString() {
            return "Created[" + id + "]";
        }
    }

    /** Creates a key with at most the caller's own permissions; one of a customer has none over the tenant. */
    public Created create(Caller caller, @Nullable Creation sent) {
        Creation form = NewUsers.present(sent);
        Scope scope = caller.scope();
        return database.transact(scope, () -> {
            Checks checks = new Checks();
            String name = NewUsers.line(checks, "/name", form.name());
            boolean platform = caller.tenant().isEmpty();
            List<String> known = Permissions.checked(checks, "/permissions", form.permissions(), platform);
            CustomerId customer = customer(caller, checks, form.customer());
            List<String> permissions = customer == null
                    ? known
                    : Permissions.ofCustomersKey(checks, "/permissions", form.permissions(), known);
            checks.done();
            Permissions.requireGrantable(caller, permissions);
            ApiKeyId id = ApiKeyId.next(clock);
            Token token = Token.next(Token.Kind.API_KEY, scope.tenant());
            mapper.insert(
                    scope.tenant(),
                    id,
                    token.hash(),
                    token.hint(),
                    customer,
                    name,
                    permissions.toArray(String[]::new),
                    caller.actor().id(),
                    clock.instant());
            audit.record(
                    scope,
                    "api-key.create",
                    id.toString(),
                    Optional.ofNullable(customer),
                    null,
                    Map.of("name", name, "permissions", permissions));
            return new Created(id, token.text());
        });
    }

    private @Nullable CustomerId customer(Caller caller, Checks checks, @Nullable CustomerId asked) {
        Scope scope = caller.scope();
        if (asked == null) {
            // what is held to customers makes no key to all of them
            checks.that(scope.customers().isEmpty(), "/customer", FieldProblems.REQUIRED, "required");
            return null;
        }
        checks.that(
                caller.tenant().isPresent()
                        && scope.sees(asked)
                        && neighbours
                                .customerExists(scope, asked)
                                .orElseGet(() -> users.count(scope.tenant(), asked) > 0),
                "/customer",
                FieldProblems.NOT_FOUND,
                "no such customer");
        return asked;
    }

    /** Newest first, revoked ones too. */
    public Page<KeyRow> list(Scope scope, Page.Request page) {
        UUID after = page.after() == null ? null : cursor(page.after());
        return database.transact(
                scope,
                () -> Page.of(
                        mapper.list(scope.tenant(), after, page.limit() + 1),
                        page,
                        row -> Cursor.encode(SORT, row.apiKeyId())));
    }

    private static UUID cursor(String after) {
        try {
            return ApiKeyId.fromString(Cursor.decode(SORT, 1, after).get(0)).uuid();
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    /** One key. */
    public KeyRow get(Scope scope, ApiKeyId id) {
        return database.transact(scope, () -> mapper.get(scope.tenant(), id).orElseThrow(Problems::notFound));
    }

    /** Revokes a key, at once on this node. Again changes nothing. */
    public void revoke(Scope scope, ApiKeyId id, OptionalVersion version) {
        database.run(scope, () -> {
            KeyRow row = mapper.get(scope.tenant(), id).orElseThrow(Problems::notFound);
            version.require(row.version());
            if (mapper.revoke(scope.tenant(), id, clock.instant()) == 1) {
                audit.record(
                        scope,
                        "api-key.revoke",
                        id.toString(),
                        Optional.ofNullable(row.customerId()),
                        Map.of("name", row.name()),
                        null);
            }
            database.afterCommit(
                    () -> cache.drop(known -> known.apiKey().filter(id::equals).isPresent()));
        });
    }
}
