package org.bursar.identity.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.identity.IdentityProblems;
import org.bursar.identity.internal.sql.SessionMapper;
import org.bursar.identity.internal.sql.SessionMapper.LinkRow;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TypeId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Changing a password, asking for a new one, and what one-time links do. */
@Component(service = Passwords.class)
public final class Passwords {
    private static final int LONGEST_TRIED = 1_000;
    private static final int TAKEN_AT_ONCE = 100;
    private static final int RESETS_AN_HOUR = 3;
    private static final String[] PASSWORD_LINKS = {LinkPurpose.WELCOME.name(), LinkPurpose.PASSWORD_RESET.name()};

    private final Database database;
    private final Clock clock;
    private final PasswordHashes hashes;
    private final Throttle throttle;
    private final Sessions sessions;
    private final Links links;
    private final FirstSignInFile firstSignIn;
    private final Neighbours neighbours;
    private final AuditLog audit;
    private final SessionMapper mapper;
    private final UserMapper users;

    @Activate
    public Passwords(
            @Reference Database database,
            @Reference Clock clock,
            @Reference PasswordHashes hashes,
            @Reference Throttle throttle,
            @Reference Sessions sessions,
            @Reference Links links,
            @Reference FirstSignInFile firstSignIn,
            @Reference Neighbours neighbours,
            @Reference AuditLog audit) {
        this.database = database;
        this.clock = clock;
        this.hashes = hashes;
        this.throttle = throttle;
        this.sessions = sessions;
        this.links = links;
        this.firstSignIn = firstSignIn;
        this.neighbours = neighbours;
        this.audit = audit;
        this.mapper = database.mapper("identity", SessionMapper.class);
        this.users = database.mapper("identity", UserMapper.class);
    }

    /** What a one-time link is for, so that a page can say it. */
    public record OpenLink(LinkPurpose purpose, String email, Instant expiresAt) {}

    /**
     * Changes one's own password; the other sessions end.
     *
     * @param home the tenant that the user lives in
     * @param token of the session that goes on
     */
    public void change(
            TenantId home,
            UserId user,
            @Nullable String current,
            @Nullable String fresh,
            String token,
            String address) {
        Checks checks = new Checks();
        checks.that(current != null && !current.isEmpty(), "/current", FieldProblems.REQUIRED, "required");
        PasswordRule.checked(checks, "/new", fresh);
        checks.done();
        Scope scope = Scope.of(home, Actor.system("password"));
        String stored = verified(home, user, String.valueOf(current), "/current", address);
        if (String.valueOf(current).equals(fresh)) {
            throw new ProblemException(
                    Problems.invalid("/new", IdentityProblems.SAME_PASSWORD, "another one than before"));
        }
        String hash = hashes.hash(String.valueOf(fresh));
        database.run(scope, () -> {
            UserRow row = users.lock(home, user).orElseThrow(Problems::notFound);
            if (stored == null || !stored.equals(users.passwordHash(home, user))) {
                throw new ProblemException(Problems.CONFLICT, "The password was changed meanwhile.");
            }
            set(row, hash, Optional.of(token));
        });
    }

    /** Asks for the password of who is signed in already, before something that a stolen session must not do. */
    public void verify(TenantId home, UserId user, @Nullable String password, String address) {
        Checks checks = new Checks();
        checks.that(password != null && !password.isEmpty(), "/password", FieldProblems.REQUIRED, "required");
        checks.done();
        verified(home, user, String.valueOf(password), "/password", address);
    }

    private @Nullable String verified(TenantId home, UserId user, String password, String pointer, String address) {
        Scope scope = Scope.of(home, Actor.system("password"));
        String stored = database.transact(scope, () -> users.passwordHash(home, user));
        // a stolen session must not become a way to guess the password
        Throttle.Attempt attempt = throttle.begin(home, user.toString(), address);
        if (!hashes.matches(
                password.length() > LONGEST_TRIED ? "" : password, password.length() > LONGEST_TRIED ? null : stored)) {
            throw new ProblemException(Problems.invalid(pointer, IdentityProblems.WRONG_PASSWORD, "not your password"));
        }
        throttle.succeeded(attempt);
        return stored;
    }

    private void set(UserRow row, String hash, Optional<String> keptSession) {
        users.setPassword(row.tenantId(), row.userId(), hash);
        mapper.endLinks(row.tenantId(), row.userId(), PASSWORD_LINKS, clock.instant());
        sessions.endOfUser(row.tenantId(), row.userId(), keptSession);
        Actor self = new Actor(Actor.Kind.USER, row.userId().toString(), row.name());
        audit.record(
                Scope.of(row.tenantId(), self),
                "user.password",
                row.userId().toString(),
                Optional.ofNullable(row.customerId()),
                null,
                null);
        if (row.tenantId().equals(Scope.PLATFORM)) {
            database.afterCommit(firstSignIn::remove);
        }
    }

    /**
     * Keeps a request for a reset. Known and unknown addresses take the same way; {@link #answerResets} tells them
     * apart later.
     */
    public void askReset(TenantId tenant, @Nullable String email, String address) {
        Checks checks = new Checks();
        Email checked = Email.checked(checks, "/email", email);
        checks.done();
        throttle.begin(tenant, "reset\n" + checked.key(), "reset\n" + address);
        database.run(
                Scope.of(tenant, Actor.system("password-reset")),
                () -> mapper.askReset(tenant, TypeId.next(clock), checked.key(), clock.instant()));
    }

    /** Sends the links that were asked for: at most three an hour to one user, so that nobody's mailbox is flooded. */
    public void answerResets(TenantId tenant) {
        Scope scope = Scope.of(tenant, Actor.system("password-reset"));
        database.run(scope, () -> {
            for (String email : mapper.takeResets(tenant, TAKEN_AT_ONCE)) {
                users.byEmail(tenant, new Email(email).key()).ifPresent(user -> answer(scope, user));
            }
        });
    }

    private void answer(Scope scope, UserRow user) {
        Instant anHourAgo = clock.instant().minus(Duration.ofHours(1));
        if (mapper.linksSince(user.tenantId(), user.userId(), LinkPurpose.PASSWORD_RESET, anHourAgo) < RESETS_AN_HOUR) {
            links.reset(scope, user);
            audit.record(
                    scope,
                    "user.password-reset",
                    user.userId().toString(),
                    Optional.ofNullable(user.customerId()),
                    null,
                    null);
        }
    }

    /** What a link is for. */
    public OpenLink link(String token, Optional<TenantId> named) {
        Token parsed = parsed(token, named);
        return database.transact(scope(parsed), () -> {
            LinkRow row = open(parsed);
            UserRow user = users.get(parsed.tenant(), row.userId()).orElseThrow(Problems::notFound);
            return new OpenLink(row.purpose(), row.email() == null ? user.email() : row.email(), row.expiresAt());
        });
    }

    /** Sets the password of a link's user; every session of the user and every other such link end. */
    public void setByLink(String token, Optional<TenantId> named, @Nullable String password, String address) {
        Token parsed = parsed(token, named);
        Checks checks = new Checks();
        String fresh = PasswordRule.checked(checks, "/password", password);
        database.transact(scope(parsed), () -> requirePurpose(open(parsed), false));
        checks.done();
        String hash = hashes.hash(fresh);
        database.run(scope(parsed), () -> {
            LinkRow row = open(parsed);
            UserRow user = users.lock(parsed.tenant(), row.userId()).orElseThrow(Problems::notFound);
            use(parsed);
            set(user, hash, Optional.empty());
            users.verified(parsed.tenant(), user.userId(), clock.instant());
            // whoever is attacking the account does not keep its owner out after this
            throttle.trust(parsed.tenant(), new Email(user.email()).key(), address);
        });
    }

    /** Makes the address that a link was sent to the user's. */
    public void confirmEmail(String token, Optional<TenantId> named) {
        Token parsed = parsed(token, named);
        database.run(scope(parsed), () -> {
            LinkRow row = requirePurpose(open(parsed), true);
            UserRow user = users.lock(parsed.tenant(), row.userId()).orElseThrow(Problems::notFound);
            String email = row.email();
            if (email == null || !email.equals(user.pendingEmail())) {
                throw ended();
            }
            use(parsed);
            users.byEmail(parsed.tenant(), new Email(email).key())
                    .filter(other -> !other.userId().equals(user.userId()))
                    .ifPresent(other -> {
                        throw UserForms.emailTaken();
                    });
            users.update(UserForms.withEmail(user, email));
            users.verified(parsed.tenant(), user.userId(), clock.instant());
            if (user.customerId() != null) {
                neighbours.emailChanged(scope(parsed), user.customerId(), user.userId(), email);
            }
            Actor self = new Actor(Actor.Kind.USER, user.userId().toString(), user.name());
            audit.record(
                    Scope.of(parsed.tenant(), self),
                    "user.email",
                    user.userId().toString(),
                    Optional.ofNullable(user.customerId()),
                    Map.of("email", user.email()),
                    Map.of("email", email));
        });
    }

    private void use(Token token) {
        if (mapper.useLink(token.tenant(), token.hash(), clock.instant()) == 0) {
            throw ended();
        }
    }

    private LinkRow open(Token token) {
        LinkRow row = mapper.link(token.tenant(), token.hash()).orElseThrow(Problems::notFound);
        if (row.usedAt() != null || !row.expiresAt().isAfter(clock.instant())) {
            throw ended();
        }
        return row;
    }

    private static LinkRow requirePurpose(LinkRow row, boolean email) {
        if ((row.purpose() == LinkPurpose.EMAIL_CHANGE) != email) {
            throw Problems.notFound();
        }
        return row;
    }

    private static ProblemException ended() {
        return new ProblemException(IdentityProblems.LINK_ENDED, IdentityProblems.LINK_ENDED.title() + '.');
    }

    private static Token parsed(String token, Optional<TenantId> named) {
        Token parsed = Token.parse(token)
                .filter(found -> found.kind() == Token.Kind.LINK)
                .orElseThrow(Problems::notFound);
        if (named.isPresent() && !named.get().equals(parsed.tenant())) {
            throw Problems.notFound();
        }
        return parsed;
    }

    private static Scope scope(Token token) {
        return Scope.of(token.tenant(), Actor.system("one-time-link"));
    }
}
