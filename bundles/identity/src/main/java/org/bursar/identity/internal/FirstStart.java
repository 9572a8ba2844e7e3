package org.bursar.identity.internal;

import java.time.Clock;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.identity.internal.sql.SessionMapper;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the first platform admin, unless there is one. With a configured password that is all; without one a one-time
 * link is
 * written to a file. Every start may do this, on any number of nodes: the unique address lets one of them win.
 */
@Component(
        service = FirstStart.class,
        immediate = true,
        configurationPid = "org.bursar.identity",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = IdentityConfig.class)
public final class FirstStart {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final String NOBODYS_EMAIL = "admin@localhost";
    private static final long RETRY_MILLIS = 1_000;

    private final Clock clock;
    private final Links links;
    private final FirstSignInFile file;
    private final AuditLog audit;
    private final UserMapper users;
    private final SessionMapper sessions;
    private @Nullable Thread later;

    @Activate
    public FirstStart(
            @Reference Database database,
            @Reference Clock clock,
            @Reference PasswordHashes hashes,
            @Reference Links links,
            @Reference FirstSignInFile file,
            @Reference AuditLog audit,
            IdentityConfig config) {
        this.clock = clock;
        this.links = links;
        this.file = file;
        this.audit = audit;
        this.users = database.mapper("identity", UserMapper.class);
        this.sessions = database.mapper("identity", SessionMapper.class);
        String email = config.admin_email().isBlank()
                ? NOBODYS_EMAIL
                : config.admin_email().strip();
        if (!Email.valid(email)) {
            throw new IllegalArgumentException("admin.email (BURSAR_ADMIN_EMAIL) is not an e-mail address: " + email);
        }
        String password = config.admin_password();
        try {
            start(database, hashes, email, password);
        } catch (DatabaseException e) {
            if (!e.unavailable()) {
                throw e;
            }
            LOG.warn("the first admin waits for the database: {}", e.getMessage());
            Thread thread = new Thread(() -> startLater(database, hashes, email, password), "first-start");
            thread.setDaemon(true);
            thread.start();
            later = thread;
        }
    }

    @Deactivate
    void deactivate() {
        if (later != null) {
            later.interrupt();
        }
    }

    private void startLater(Database database, PasswordHashes hashes, String email, String password) {
        while (true) {
            try {
                Thread.sleep(RETRY_MILLIS);
                start(database, hashes, email, password);
                return;
            } catch (InterruptedException e) {
                return;
            } catch (DatabaseException e) {
                LOG.debug("the first admin goes on waiting", e);
            }
        }
    }

    private void start(Database database, PasswordHashes hashes, String email, String password) {
        Scope platform = Scope.platform(Actor.system("first-start"));
        boolean none = database.transact(platform, () -> users.platformAdmins(Scope.PLATFORM) == 0);
        // hashed outside the transaction, and only when it is needed
        Optional<String> hash = none && !password.isEmpty() ? Optional.of(hashes.hash(password)) : Optional.empty();
        if (hash.isPresent()) {
            PasswordRule.fault(password)
                    .ifPresent(fault -> LOG.warn("the configured admin password is weak; a good one has {}", fault));
        }
        Optional<Token> link = database.transact(platform, () -> start(platform, email, hash, none));
        link.ifPresent(token -> {
            file.write(links.address(token) + "\n");
            LOG.info("the first admin signs in by the link in {}", file.path());
        });
    }

    private Optional<Token> start(Scope platform, String email, Optional<String> hash, boolean none) {
        if (none) {
            UserRow admin = new UserRow(
                    Scope.PLATFORM,
                    UserId.next(clock),
                    null,
                    email,
                    null,
                    "Platform",
                    "Admin",
                    Role.PLATFORM_ADMIN,
                    AccessLevel.FULL,
                    null,
                    UserStatus.ACTIVE,
                    hash.isPresent(),
                    false,
                    null,
                    clock.instant(),
                    1);
            if (users.insert(admin, hash.orElse(null)) == 1) {
                users.verified(Scope.PLATFORM, admin.userId(), clock.instant());
                audit.record(
                        platform,
                        "user.create",
                        admin.userId().toString(),
                        Optional.empty(),
                        null,
                        UserForms.state(admin));
                LOG.info("platform admin {} was created", email);
            }
        }
        return users.byEmail(Scope.PLATFORM, new Email(email).key())
                .filter(admin -> admin.role() == Role.PLATFORM_ADMIN && !admin.hasPassword())
                .filter(this::needsLink)
                .map(admin -> links.create(admin, LinkPurpose.WELCOME, null));
    }

    /** A link that was lost between commit and file, or has expired, is made anew. */
    private boolean needsLink(UserRow admin) {
        return !file.exists()
                || !sessions.linkOpen(Scope.PLATFORM, admin.userId(), LinkPurpose.WELCOME, clock.instant());
    }
}
