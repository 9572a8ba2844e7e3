package org.bursar.identity.internal;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bursar.database.Database;
import org.bursar.identity.NewUser;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MailId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.mail.Mail;
import org.bursar.mail.Outbox;
import org.bursar.mail.SenderBrand;
import org.bursar.rest.Caller;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;

/** Identity's services over a real database, put together by hand; mails are kept instead of sent. */
final class Identity implements AutoCloseable {
    static final String PASSWORD = "Harbor-Light-7";
    static final String ADDRESS = "203.0.113.7";

    private static final Pattern LINK = Pattern.compile("bol_[0-9a-z]+");

    final TestDatabase test = TestDatabase.fresh();
    final TestClock clock = TestClock.at("2026-11-21T10:00:00Z");
    final List<Mail> mails = Collections.synchronizedList(new ArrayList<>());
    final Path data = TestDatabase.folder("identity");
    final Neighbours neighbours = new Neighbours();
    final PasswordHashes hashes = new PasswordHashes();
    final Database database = test.database();
    final CallerCache cache = new CallerCache();
    final FirstSignInFile firstSignIn = new FirstSignInFile(config("", ""));
    final CustomerKeys customerKeys = new CustomerKeys(database, test.secrets(), clock);
    final AuditLog audit = new AuditLog(database, clock, customerKeys);
    final AuditChain chain = new AuditChain(database, test.secrets());
    final Outbox outbox = (scope, mail) -> {
        mails.add(mail);
        return MailId.next(clock);
    };
    final Links links = new Links(database, clock, neighbours, outbox, config("", ""));
    final Throttle throttle = new Throttle(database, test.secrets(), clock);
    final SecondFactors factors = new SecondFactors(database, test.secrets(), clock, neighbours, audit);
    final Sessions sessions =
            new Sessions(database, clock, throttle, hashes, cache, neighbours, audit, factors, config("", ""));
    final NewUsers newUsers = new NewUsers(database, clock, hashes, links, audit);
    final IdentityUsers users = new IdentityUsers(database, clock, newUsers, links, customerKeys, cache, audit);
    final UserGrants grants = new UserGrants(database);
    final Memberships memberships = new Memberships(database, clock, cache, audit);
    final UserAccounts accounts =
            new UserAccounts(database, links, sessions, grants, memberships, cache, audit, factors);
    final UserCreation creation =
            new UserCreation(database, newUsers, links, grants, neighbours, customerKeys, memberships);
    final Passwords passwords =
            new Passwords(database, clock, hashes, throttle, sessions, links, firstSignIn, neighbours, audit);
    final OwnSecondFactor secondFactor = new OwnSecondFactor(database, factors, passwords);
    final ApiKeys apiKeys = new ApiKeys(database, clock, neighbours, cache, audit);
    final PermissionSets sets = new PermissionSets(database, clock, cache, audit);

    Identity() {
        neighbours.senderBrand = tenant -> Optional.of(new SenderBrand.Sender("Harborlight AI", Optional.empty()));
        neighbours.tenantAddress = tenant -> Optional.of("harborlight.localhost");
    }

    /** A node of its own: nothing that it knows is known here. */
    TokenAuthenticator authenticator() {
        return new TokenAuthenticator(database, clock, cache, neighbours, config("", ""));
    }

    TokenAuthenticator otherNode() {
        return new TokenAuthenticator(database, clock, new CallerCache(), neighbours, config("", ""));
    }

    FirstStart start(String email, String password) {
        return new FirstStart(database, clock, hashes, links, firstSignIn, audit, config(email, password));
    }

    TenantId tenant() {
        return TenantId.next(clock);
    }

    /** From now on the directory says that the tenant is suspended, and it alone. */
    void suspend(TenantId suspended) {
        neighbours.directory = new TenantDirectory() {
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
                return true;
            }

            @Override
            public boolean suspended(TenantId tenant) {
                return tenant.equals(suspended);
            }

            @Override
            public List<TenantId> all() {
                return List.of(suspended);
            }
        };
    }

    CustomerId customer() {
        return CustomerId.next(clock);
    }

    /** What a member may in a tenant. */
    String memberPermissions(TenantId tenant, UserId user) {
        UserMapper mapper = database.mapper("identity", UserMapper.class);
        return database.transact(
                Scope.platform(Actor.system("test")),
                () -> mapper.membership(Scope.PLATFORM, tenant, user).orElseThrow());
    }

    static Scope scope(TenantId tenant) {
        return Scope.of(tenant, Actor.system("test"));
    }

    /** A key of the tenant's that may do everything. */
    static Caller tenantAdmin(TenantId tenant) {
        return caller(tenant, Optional.empty(), "*");
    }

    static Caller caller(TenantId tenant, Optional<Set<CustomerId>> customers, String... permissions) {
        return new Caller(
                new Actor(Actor.Kind.API_KEY, "key_test", "test"),
                Optional.of(tenant),
                customers,
                Set.of(permissions),
                false,
                Optional.empty());
    }

    static Caller platformAdmin() {
        return new Caller(
                Actor.system("test"), Optional.empty(), Optional.empty(), Set.of("*"), true, Optional.empty());
    }

    static NewUser person(String email) {
        return new NewUser("/admin", "Jonas", "Berg", email, Optional.of(PASSWORD), false);
    }

    UserId customerAdmin(TenantId tenant, CustomerId customer, String email) {
        return users.createCustomerAdmin(scope(tenant), customer, person(email));
    }

    /** Signs in and gives the token. */
    String signIn(TenantId tenant, String email) {
        return sessions.begin(tenant, email, PASSWORD, ADDRESS).token();
    }

    /** The caller behind a token of a customer's user. */
    Caller caller(String token) {
        return authenticator().authenticate(token, Optional.empty()).orElseThrow();
    }

    static UserForms.Creation member(String email) {
        return new UserForms.Creation("Elena", "Ruiz", email, PASSWORD, null, null, null, null, null);
    }

    /** The token of the link in the latest mail of a kind. */
    String link(String kind) {
        for (int i = mails.size() - 1; i >= 0; i--) {
            Matcher matcher = LINK.matcher(mails.get(i).text());
            if (mails.get(i).kind().equals(kind) && matcher.find()) {
                return matcher.group();
            }
        }
        throw new AssertionError("no mail of kind " + kind);
    }

    IdentityConfig config(String email, String password) {
        Path folder = data;
        return new IdentityConfig() {
            @Override
            public Class<? extends Annotation> annotationType() {
                return IdentityConfig.class;
            }

            @Override
            public String url() {
                return "http://127.0.0.1:8080";
            }

            @Override
            public String[] asks() {
                return new String[0];
            }

            @Override
            public String data() {
                return folder.toString();
            }

            @Override
            public String admin_email() {
                return email;
            }

            @Override
            public String admin_password() {
                return password;
            }

            @Override
            public int session_idle_hours() {
                return 12;
            }

            @Override
            public int session_most_days() {
                return 14;
            }

            @Override
            public int welcome_hours() {
                return 168;
            }
        };
    }

    @Override
    public void close() {
        test.close();
    }
}
