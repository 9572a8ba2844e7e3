package org.bursar.identity.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bursar.database.Database;
import org.bursar.identity.internal.CallerCache.Known;
import org.bursar.identity.internal.sql.KeyMapper;
import org.bursar.identity.internal.sql.KeyMapper.KeyRow;
import org.bursar.identity.internal.sql.SessionMapper;
import org.bursar.identity.internal.sql.SessionMapper.SignedIn;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Authenticator;
import org.bursar.rest.Caller;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/** Looks tokens up: one statement under the tenant that the token names, and nothing at all while the cache knows. */
@Component(
        service = Authenticator.class,
        configurationPid = "org.bursar.identity",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class TokenAuthenticator implements Authenticator {
    private static final int LONGEST = 200;
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
    private static final Duration EXTEND_EVERY = Duration.ofMinutes(5);

    private final Database database;
    private final Clock clock;
    private final CallerCache cache;
    private final Neighbours neighbours;
    private final SessionMapper sessions;
    private final KeyMapper keys;
    private final UserMapper users;
    private volatile IdentityConfig config;

    @Activate
    public TokenAuthenticator(
            @Reference Database database,
            @Reference Clock clock,
            @Reference CallerCache cache,
            @Reference Neighbours neighbours,
            IdentityConfig config) {
        this.database = database;
        this.clock = clock;
        this.cache = cache;
        this.neighbours = neighbours;
        this.config = config;
        this.sessions = database.mapper("identity", SessionMapper.class);
        this.keys = database.mapper("identity", KeyMapper.class);
        this.users = database.mapper("identity", UserMapper.class);
    }

    /** Takes another configuration: nothing restarts for it. */
    @Modified
    void configure(IdentityConfig config) {
        this.config = config;
    }

    @Override
    public Optional<Caller> authenticate(String token, Optional<TenantId> wanted) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] hash = Token.sha256(token);
        CallerCache.Key key = CallerCache.Key.of(hash);
        long nanos = System.nanoTime();
        Known known = cache.get(key, nanos);
        if (known == null || CallerCache.dueForRefresh(known, nanos)) {
            known = lookedUp(token, hash, key, true);
        }
        if (known == null || known.endsAtMillis() <= clock.millis()) {
            return Optional.empty();
        }
        return Optional.of(held(in(known, wanted)));
    }

    @Override
    public Optional<Caller> watch(String token, Optional<TenantId> wanted) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] hash = Token.sha256(token);
        CallerCache.Key key = CallerCache.Key.of(hash);
        Known known = cache.get(key, System.nanoTime());
        if (known == null) {
            known = lookedUp(token, hash, key, false);
        }
        if (known == null || known.endsAtMillis() <= clock.millis()) {
            return Optional.empty();
        }
        return Optional.of(held(in(known, wanted)));
    }

    /** Asked anew each time, since a tenant is suspended at once; the platform's own people go on everywhere. */
    private Caller held(Caller caller) {
        boolean suspended = !caller.platformAdmin()
                && caller.tenant().filter(neighbours::suspended).isPresent();
        return suspended ? caller.held(Permissions.within(caller.permissions(), Permissions.SUSPENDED_TENANT)) : caller;
    }

    /** The caller in the tenant that is wanted. */
    private static Caller in(Known known, Optional<TenantId> wanted) {
        Caller caller = known.caller();
        if (wanted.isEmpty() || wanted.equals(caller.tenant())) {
            return caller;
        }
        boolean platform = caller.tenant().isEmpty() && !wanted.get().equals(Scope.PLATFORM);
        if (platform && known.apiKey().isPresent() || platform && caller.platformAdmin()) {
            return new Caller(
                    caller.actor(),
                    wanted,
                    Optional.empty(),
                    caller.permissions(),
                    caller.platformAdmin(),
                    caller.user(),
                    caller.passwordDue());
        }
        Set<String> permissions = platform ? known.memberships().get(wanted.get()) : null;
        if (permissions == null) {
            throw Problems.notFound();
        }
        return new Caller(
                caller.actor(), wanted, Optional.empty(), permissions, false, caller.user(), caller.passwordDue());
    }

    /** @param used whether somebody does something with it; what is only watched is not remembered, so that its next use is counted */
    private @Nullable Known lookedUp(String text, byte[] hash, CallerCache.Key key, boolean used) {
        Token token = Token.parse(text).orElse(null);
        if (token == null || token.kind() == Token.Kind.LINK) {
            return null;
        }
        long drops = cache.drops();
        long nanos = System.nanoTime();
        Scope scope = Scope.of(token.tenant(), Actor.system("authenticator"));
        Known known = database.transact(
                scope,
                () -> token.kind() == Token.Kind.SESSION
                        ? ofSession(scope, hash, nanos, used)
                        : ofKey(scope, hash, nanos, used));
        if (known == null) {
            cache.remove(key);
        } else if (used) {
            cache.put(key, known, drops);
        }
        return known;
    }

    private @Nullable Known ofKey(Scope scope, byte[] hash, long nanos, boolean used) {
        KeyRow row = keys.byHash(scope.tenant(), hash).orElse(null);
        if (row == null || refused(scope, row.customerId())) {
            return null;
        }
        Instant now = clock.instant();
        if (used && (row.lastUsedAt() == null || row.lastUsedAt().isBefore(now.minus(SEEN_EVERY)))) {
            keys.used(scope.tenant(), row.apiKeyId(), now, now.minus(SEEN_EVERY));
        }
        boolean platform = scope.tenant().equals(Scope.PLATFORM);
        Set<String> permissions = Permissions.split(row.permissions());
        Caller caller = new Caller(
                new Actor(Actor.Kind.API_KEY, row.apiKeyId().toString(), row.name()),
                platform ? Optional.empty() : Optional.of(scope.tenant()),
                Optional.ofNullable(row.customerId()).map(Set::of),
                permissions,
                platform,
                Optional.empty());
        return new Known(
                scope.tenant(),
                Optional.empty(),
                Optional.of(row.apiKeyId()),
                Optional.ofNullable(row.customerId()),
                caller,
                Map.of(),
                Long.MAX_VALUE,
                nanos,
                new AtomicBoolean());
    }

    private @Nullable Known ofSession(Scope scope, byte[] hash, long nanos, boolean used) {
        Instant now = clock.instant();
        SignedIn row = sessions.signedIn(scope.tenant(), hash, now).orElse(null);
        if (row == null || row.status() == UserStatus.DISABLED && row.customerId() == null) {
            return null;
        }
        if (refused(scope, row.customerId())) {
            return null;
        }
        Instant expiresAt = used ? extended(scope, hash, row, now) : row.expiresAt();
        boolean platform = scope.tenant().equals(Scope.PLATFORM);
        Caller caller = new Caller(
                new Actor(Actor.Kind.USER, row.userId().toString(), row.firstName() + ' ' + row.lastName()),
                platform ? Optional.empty() : Optional.of(scope.tenant()),
                customers(scope, row.customerId()),
                row.mustChangePassword() ? Set.of() : permissions(row),
                row.role() == Role.PLATFORM_ADMIN && !row.mustChangePassword(),
                Optional.of(row.userId()),
                row.mustChangePassword());
        return new Known(
                scope.tenant(),
                Optional.of(row.userId()),
                Optional.empty(),
                Optional.ofNullable(row.customerId()),
                caller,
                row.mustChangePassword() ? withoutPermissions(row) : memberships(row),
                expiresAt.toEpochMilli(),
                nanos,
                new AtomicBoolean());
    }

    /** What a customer was given before it was deactivated or deleted opens nothing while it is. */
    private boolean refused(Scope scope, @Nullable CustomerId customer) {
        return customer != null && neighbours.signInRefusal(scope, customer).isPresent();
    }

    /** A session that is used goes on, up to its fixed end. */
    private Instant extended(Scope scope, byte[] hash, SignedIn row, Instant now) {
        if (row.lastSeenAt() == null || row.lastSeenAt().isBefore(now.minus(SEEN_EVERY))) {
            users.seen(scope.tenant(), row.userId(), now, now.minus(SEEN_EVERY));
        }
        Instant wanted = now.plus(Duration.ofHours(config.session_idle_hours()));
        Instant bounded = wanted.isBefore(row.endsAt()) ? wanted : row.endsAt();
        if (bounded.isAfter(row.expiresAt().plus(EXTEND_EVERY))) {
            sessions.extend(scope.tenant(), hash, bounded);
            return bounded;
        }
        return row.expiresAt();
    }

    private Optional<Set<CustomerId>> customers(Scope scope, @Nullable CustomerId own) {
        if (own == null) {
            return Optional.empty();
        }
        Set<CustomerId> seen = new HashSet<>(neighbours.subAccounts(scope, own));
        seen.add(own);
        return Optional.of(seen);
    }

    /** What a user may in its own tenant, or on the platform. */
    private static Set<String> permissions(SignedIn row) {
        Set<String> permissions = UserAccess.permissions(row.role(), row.access(), row.setPermissions());
        return row.status() == UserStatus.DISABLED
                ? Permissions.within(permissions, Permissions.DASHBOARD)
                : permissions;
    }

    private static Map<TenantId, Set<String>> memberships(SignedIn row) {
        Map<TenantId, Set<String>> memberships = new HashMap<>();
        if (row.memberships() != null) {
            for (String membership : row.memberships().split(",")) {
                int space = membership.indexOf(' ');
                memberships.put(
                        new TenantId(UUID.fromString(membership.substring(0, space))),
                        Permissions.split(membership.substring(space + 1)));
            }
        }
        return Map.copyOf(memberships);
    }

    private static Map<TenantId, Set<String>> withoutPermissions(SignedIn row) {
        Map<TenantId, Set<String>> none = new HashMap<>(memberships(row));
        none.replaceAll((tenant, permissions) -> Set.of());
        return Map.copyOf(none);
    }
}
