package org.bursar.identity.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.identity.IdentityProblems;
import org.bursar.identity.internal.sql.SessionMapper;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.SessionId;
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
    private static final String LATEST = "latest";

    /** As PostgreSQL orders them. */
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final Database database;
    private final Clock clock;
    private final Throttle throttle;
    private final PasswordHashes hashes;
    private final CallerCache cache;
    private final Neighbours neighbours;
    private final AuditLog audit;
    private final SecondFactors factors;
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
            @Reference SecondFactors factors,
            IdentityConfig config) {
        this.database = database;
        this.clock = clock;
        this.throttle = throttle;
        this.hashes = hashes;
        this.cache = cache;
        this.neighbours = neighbours;
        this.audit = audit;
        this.factors = factors;
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
     * Where a session is begun.
     *
     * @param address the peer's, for throttling
     * @param agent what the client calls itself
     */
    public record From(String address, @Nullable String agent) {
        private static final int LONGEST_AGENT = 300;
        private static final int LONGEST_ADDRESS = 60;

        @Nullable
        String shownAgent() {
            String plain =
                    agent == null ? "" : agent.replaceAll("\\p{Cntrl}", " ").strip();
            return plain.isEmpty() ? null : plain.substring(0, Math.min(plain.length(), LONGEST_AGENT));
        }

        String shownAddress() {
            return address.substring(0, Math.min(address.length(), LONGEST_ADDRESS));
        }
    }

    /** Signs a user in who has no second step, or is asked for it. */
    public Begun begin(TenantId tenant, String email, String password, String address) {
        return begin(tenant, email, password, new From(address, null));
    }

    /**
     * Signs a user in. Whether the address is unknown or the password wrong makes no difference to the answer or to
     * its time;
     * everything else is said only to who knows the password; so is that a code is needed, with what to send it with.
     *
     * @param tenant the customer's users' tenant, or the platform's
     */
    public Begun begin(TenantId tenant, String email, String password, From from) {
        Scope scope = Scope.of(tenant, Actor.system("sign-in"));
        // what is no address is nobody's, and does not reach the database as it is
        String text = email.strip();
        String emailKey = Email.valid(text) ? new Email(text).key() : "";
        Throttle.Attempt attempt = throttle.begin(tenant, emailKey, from.address());
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
        String hash = String.valueOf(found.hash());
        if (database.transact(scope, () -> factors.asked(tenant, user.userId()))) {
            throw new ProblemException(
                    Problem.of(IdentityProblems.SECOND_FACTOR_REQUIRED, IdentityProblems.SECOND_FACTOR_REQUIRED.cure())
                            .with("challenge", factors.challenge(user, hash)));
        }
        return database.transact(scope, () -> started(scope, user, hash, from));
    }

    /** The second step: a code for the challenge that the right password was answered with. */
    public Begun goOn(TenantId tenant, String challenge, String code, From from) {
        Scope scope = Scope.of(tenant, Actor.system("sign-in"));
        UserId id = factors.challenged(tenant, challenge).orElseThrow(Sessions::wrongCode);
        record Found(Optional<UserRow> user, @Nullable String hash) {}
        Found found = database.transact(scope, () -> new Found(users.get(tenant, id), users.passwordHash(tenant, id)));
        UserRow user = found.user().orElseThrow(Sessions::wrongCode);
        String hash = String.valueOf(found.hash());
        if (!factors.fits(tenant, challenge, hash)) {
            throw wrongCode();
        }
        requireActive(scope, user);
        factors.require(user, code);
        return database.transact(scope, () -> started(scope, user, hash, from));
    }

    private static ProblemException wrongCode() {
        return new ProblemException(IdentityProblems.BAD_CODE, IdentityProblems.BAD_CODE.title() + '.');
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

    private Begun started(Scope scope, UserRow user, String verified, From from) {
        UserRow locked = users.lock(scope.tenant(), user.userId()).orElseThrow(Sessions::wrong);
        if (!verified.equals(users.passwordHash(scope.tenant(), user.userId()))) {
            // the password was changed while it was being checked
            throw wrong();
        }
        Instant now = clock.instant();
        Token token = Token.next(Token.Kind.SESSION, scope.tenant());
        Instant endsAt = now.plus(Duration.ofDays(config.session_most_days()));
        Instant idleEnd = now.plus(Duration.ofHours(config.session_idle_hours()));
        Instant expiresAt = idleEnd.isBefore(endsAt) ? idleEnd : endsAt;
        mapper.insert(
                scope.tenant(),
                token.hash(),
                locked.userId(),
                locked.customerId(),
                now,
                expiresAt,
                endsAt,
                SessionId.next(clock),
                from.shownAgent(),
                from.shownAddress());
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

    /** A session that its user sees. */
    public record Shown(
            SessionId id,
            boolean current,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String agent,
            @Nullable String address) {
        private static Shown of(SessionMapper.OpenSession row, byte[] current) {
            return new Shown(
                    row.sessionId(),
                    java.security.MessageDigest.isEqual(row.tokenHash(), current),
                    row.createdAt(),
                    row.expiresAt(),
                    row.agent(),
                    row.address());
        }
    }

    /** A user's open sessions, the latest first. */
    public Page<Shown> list(TenantId home, UserId user, String token, Page.Request request) {
        byte[] current = Token.sha256(token);
        String cursor = request.after();
        UUID before = cursor == null
                ? AFTER_ALL
                : session(Cursor.decode(LATEST, 1, cursor).get(0));
        List<SessionMapper.OpenSession> rows = database.transact(
                own(home), () -> mapper.ofUser(home, user, clock.instant(), before, request.limit() + 1));
        return Page.of(rows, request, row -> Cursor.encode(LATEST, row.sessionId()))
                .map(row -> Shown.of(row, current));
    }

    private static UUID session(String text) {
        try {
            return SessionId.fromString(text).uuid();
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    public Shown get(TenantId home, UserId user, SessionId session, String token) {
        return database.transact(own(home), () -> mapper.one(home, user, session, clock.instant()))
                .map(row -> Shown.of(row, Token.sha256(token)))
                .orElseThrow(Problems::notFound);
    }

    /** Ends one of a user's own sessions. */
    public void end(Actor actor, TenantId home, UserId user, SessionId session) {
        Scope scope = Scope.of(home, actor);
        database.run(scope, () -> {
            byte[] hash = mapper.one(home, user, session, clock.instant())
                    .map(SessionMapper.OpenSession::tokenHash)
                    .orElseThrow(Problems::notFound);
            mapper.end(home, hash);
            ended(scope, user, Map.of("session", session.toString()));
            database.afterCommit(() -> cache.remove(CallerCache.Key.of(hash)));
        });
    }

    /** Ends all of a user's sessions but the one that asks for it. */
    public void endOthers(Actor actor, TenantId home, UserId user, String token) {
        Scope scope = Scope.of(home, actor);
        database.run(scope, () -> {
            endOfUser(home, user, Optional.of(token));
            ended(scope, user, Map.of("sessions", "others"));
        });
    }

    private void ended(Scope scope, UserId user, Map<String, String> which) {
        UserRow row = users.get(scope.tenant(), user).orElse(null);
        audit.record(
                scope, "session.end", user.toString(), Optional.ofNullable(row).map(UserRow::customerId), which, null);
    }

    private static Scope own(TenantId home) {
        return Scope.of(home, Actor.system("sessions"));
    }

    /** Ends every session of a user but the one of a token, in the caller's transaction. */
    void endOfUser(TenantId tenant, UserId user, Optional<String> but) {
        mapper.endOfUser(
                tenant, user, but.flatMap(Token::parse).map(Token::hash).orElse(null));
        database.afterCommit(() -> cache.dropUser(user));
    }
}
