package org.bursar.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bursar.database.Database;
import org.bursar.identity.Users;
import org.bursar.identity.internal.AuditLog;
import org.bursar.identity.internal.CallerCache;
import org.bursar.identity.internal.CustomerKeys;
import org.bursar.identity.internal.IdentityConfig;
import org.bursar.identity.internal.IdentityUsers;
import org.bursar.identity.internal.Links;
import org.bursar.identity.internal.Neighbours;
import org.bursar.identity.internal.NewUsers;
import org.bursar.identity.internal.PasswordHashes;
import org.bursar.kernel.Actor;
import org.bursar.kernel.MailId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.mail.Mail;
import org.bursar.tenancy.internal.StoredTenants.Creation;
import org.bursar.tenancy.internal.StoredTenants.Owner;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;

/** Tenancy's services over a real database and the real identity, put together by hand. */
final class Tenancy implements AutoCloseable {
    final TestDatabase test = TestDatabase.fresh();
    final TestClock clock = TestClock.at("2026-11-21T10:00:00Z");
    final Database database = test.database();
    final List<Mail> mails = Collections.synchronizedList(new ArrayList<>());
    final CustomerKeys keys = new CustomerKeys(database, test.secrets(), clock);
    final AuditLog audit = new AuditLog(database, clock, keys);
    final Users users = users();
    final CachedDirectory directory = new CachedDirectory(database);
    final StoredTenants tenants = new StoredTenants(database, clock, directory, users, audit);
    final Domains domains = new Domains(database, clock, directory, audit, config());
    final Brands brands = new Brands(database, audit);
    final StoredWorkspaces workspaces = new StoredWorkspaces(database, clock, audit);

    private Users users() {
        Links links = new Links(
                database,
                clock,
                new Neighbours(),
                (scope, mail) -> {
                    mails.add(mail);
                    return MailId.next(clock);
                },
                identityConfig());
        NewUsers newUsers = new NewUsers(database, clock, new PasswordHashes(), links, audit);
        return new IdentityUsers(database, clock, newUsers, links, keys, new CallerCache(), audit);
    }

    static Scope platform() {
        return Scope.platform(new Actor(Actor.Kind.OPERATOR, "operator", "operator"));
    }

    static Scope scope(TenantId tenant) {
        return Scope.of(tenant, Actor.system("test"));
    }

    static Creation form(String slug) {
        return new Creation(
                slug,
                "Harborlight AI",
                "agency",
                "USD",
                null,
                new Owner("Mara", "Lindqvist", "mara@" + slug + ".example", "Harbor-Light-7"),
                null);
    }

    TenantId tenant(String slug) {
        return tenants.create(platform(), form(slug));
    }

    static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> Assertions.assertThat(
                                        refusal.problem().code().code())
                                .as(refusal.problem().toString())
                                .isEqualTo(code));
    }

    private static TenancyConfig config() {
        return new TenancyConfig() {
            @Override
            public Class<? extends Annotation> annotationType() {
                return TenancyConfig.class;
            }

            @Override
            public String url() {
                return "http://bursar.example:8080";
            }
        };
    }

    private static IdentityConfig identityConfig() {
        return new IdentityConfig() {
            @Override
            public String[] asks() {
                return new String[0];
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return IdentityConfig.class;
            }

            @Override
            public String url() {
                return "http://127.0.0.1:8080";
            }

            @Override
            public String data() {
                return "";
            }

            @Override
            public String admin_email() {
                return "";
            }

            @Override
            public String admin_password() {
                return "";
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
