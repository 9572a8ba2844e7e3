package org.bursar.identity.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.identity.IdentityProblems;
import org.bursar.identity.internal.sql.SessionMapper;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/** Signing in and out. */
@Component(
        service = Sessions.class,
        configurationPid = "org.bursar.identity",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Sessions {
    private static final int LONGEST_TRIED = 1_000;

    private final Database database;
    private final Clock clock;
    private final Throttle throttle;
    private final PasswordHashes hashes;
    private final CallerCache cache;
    private final Neighbours neighbours;
    private final AuditLog audit;
    private final SessionMapper mapper;
    private final UserMapper users;
    private volatile IdentityConfig config;

    @Activate
    public Sessions(
            @Reference Database database,
            @Reference Clock clock,
            @Reference Throttle throttle,
            @Reference PasswordHashes hashes,
            @Reference CallerCache cache,
            @Reference Neighbours neighbours,
            @Reference AuditLog audit,
            IdentityConfig config) {
        this.database = database;
        this.clock = clock;
        this.throttle = throttle;
        this.hashes = hashes;
        this.cache = cache;
        this.neighbours = neighbours;
        this.audit = audit;
        this.mapper = database.mapper("identity", SessionMapper.class);
        this.users = database.mapper("identity", UserMapper.class);
        this.config = config;
    }

    /** Takes another configuration: nothing restarts for it. */
    @Modified
    void configure(IdentityConfig config) {
        this.config = config;
    }

    /** A session that has begun; its text shows no token. */
    public record Begun(String token, Instant expiresAt, UserRow user) {
        @Override
        public String toString() {
            return "Begun[" + user.userId() + "]";
        }
    }

    /**
     * Signs a user in. Whether the address is unknown or the password wrong makes no difference to the answer or to
     * its time;
     * everything else is said only to who knows the password.
     *
     * @param tenant the customer's users' tenant, or the platform's
     * @param address the peer's, for throttling
     */
    public Begun begin(TenantId tenant, String email, String password, String address) {
        Scope scope = Scope.of(tenant, Actor.system("sign-in"));
        // what is no address is nobody's, and does not reach the database as it is
        String text = email.strip();
        String emailKey = Email.valid(text) ? new Email(text).key() : "";
        Throttle.Attempt attempt = throttle.begin(tenant, emailKey, address);
        record Found(Optional<UserRow> user, @Nullable String hash) {}
        Found found = database.transact(scope, () -> {
            Optional<UserRow> user = users.byEmail(tenant, emailKey);
            // asked for in both cases, so that both take as many round trips
            UserId id = user.map(UserRow::userId).orElse(UserId.next(clock));
            return new Found(user, users.passwordHash(tenant, id));
        });
        boolean tooLong = password.length() > LONGEST_TRIED;
        if (!hashes.matches(tooLong ? "" : password, tooLong ? null : found.hash())) {
            throw wrong();
        }
        UserRow user = found.user().orElseThrow(Sessions::wrong);
        throttle.succeeded(attempt);
        requireActive(scope, user);
        return database.transact(scope, () -> started(scope, user, found.hash()));
    }

    private void requireActive(Scope scope, UserRow user) {
        CustomerId customer = user.customerId();
        if (customer == null) {
            if (user.status() == UserStatus.DISABLED) {
                throw new ProblemException(
                        IdentityProblems.USER_DISABLED, IdentityProblems.USER_DISABLED.title() + '.');
            }
            return;
        }
        Optional<ProblemCode> refusal = database.transact(scope, () -> neighbours.signInRefusal(scope, customer));
        refusal.ifPresent(code -> {
            throw new ProblemException(code, code.title() + '.');
        });
    }

    private Begun started(Scope scope, UserRow user, @Nullable String verified) {
        UserRow locked = users.lock(scope.tenant(), user.userId()).orElseThrow(Sessions::wrong);
        if (verified == null || !verified.equals(users.passwordHash(scope.tenant(), user.userId()))) {
            // the password was changed while it was being checked
            throw wrong();
        }
        Instant now = clock.instant();
        Token token = Token.next(Token.Kind.SESSION, scope.tenant());
        Instant endsAt = now.plus(Duration.ofDays(config.session_most_days()));
        Instant idleEnd = now.plus(Duration.ofHours(config.session_idle_hours()));
        Instant expiresAt = idleEnd.isBefore(endsAt) ? idleEnd : endsAt;
        mapper.insert(scope.tenant(), token.hash(), locked.userId(), locked.customerId(), now, expiresAt, endsAt);
        users.seen(scope.tenant(), locked.userId(), now, now);
        audit.record(
                Scope.of(scope.tenant(), actor(locked)),
                "session.begin",
                locked.userId().toString(),
                Optional.ofNullable(locked.customerId()),
                null,
                Map.of("expiresAt", expiresAt));
        return new Begun(token.text(), expiresAt, locked);
    }

    private static ProblemException wrong() {
        return new ProblemException(IdentityProblems.BAD_CREDENTIALS, IdentityProblems.BAD_CREDENTIALS.title() + '.');
    }

    private static Actor actor(UserRow user) {
        return new Actor(Actor.Kind.USER, user.userId().toString(), user.name());
    }

    /** Ends the session of a token; nothing happens when there is none. */
    public void end(Scope scope, UserId user, String token) {
        Token parsed = Token.parse(token).orElse(null);
        if (parsed == null || parsed.kind() != Token.Kind.SESSION) {
            return;
        }
        // a platform user's session lives under the platform, whatever tenant the call names
        Scope own = Scope.of(parsed.tenant(), scope.actor());
        database.run(own, () -> {
            if (mapper.end(parsed.tenant(), parsed.hash()) == 1) {
                UserRow row = users.get(parsed.tenant(), user).orElse(null);
                audit.record(
                        own,
                        "session.end",
                        user.toString(),
                        Optional.ofNullable(row).map(UserRow::customerId),
                        null,
                        null);
            }
            database.afterCommit(() -> cache.remove(CallerCache.Key.of(parsed.hash())));
        });
    }

    /** Ends every session of a user but the one of a token, in the caller's transaction. */
    void endOfUser(TenantId tenant, UserId user, Optional<String> but) {
        mapper.endOfUser(
                tenant, user, but.flatMap(Token::parse).map(Token::hash).orElse(null));
        database.afterCommit(() -> cache.dropUser(user));
    }
}
