package org.bursar.identity.internal;

import java.time.Clock;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.identity.internal.sql.SessionMapper;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Making users: checked, unique by e-mail address, welcomed by mail and audited, all in the caller's transaction. */
@Component(service = NewUsers.class)
public final class NewUsers {
    private static final int LONGEST_NAME = 100;

    private final Clock clock;
    private final PasswordHashes hashes;
    private final Links links;
    private final SessionMapper sessions;
    private final AuditLog audit;
    private final UserMapper mapper;

    @Activate
    public NewUsers(
            @Reference Database database,
            @Reference Clock clock,
            @Reference PasswordHashes hashes,
            @Reference Links links,
            @Reference AuditLog audit) {
        this.clock = clock;
        this.hashes = hashes;
        this.links = links;
        this.sessions = database.mapper("identity", SessionMapper.class);
        this.audit = audit;
        this.mapper = database.mapper("identity", UserMapper.class);
    }

    /** What everybody must tell of themselves. */
    record Person(String firstName, String lastName, Email email, Optional<String> password, boolean mustChange) {
        /** Adds what is wrong to the checks, with pointers below the one given. */
        static Person checked(
                Checks checks,
                String pointer,
                @Nullable String firstName,
                @Nullable String lastName,
                @Nullable String email,
                Optional<String> password,
                boolean mustChange) {
            Person person = new Person(
                    line(checks, pointer + "/firstName", firstName),
                    line(checks, pointer + "/lastName", lastName),
                    Email.checked(checks, pointer + "/email", email),
                    password.filter(text -> !text.isEmpty()),
                    mustChange);
            person.password().ifPresent(text -> PasswordRule.checked(checks, pointer + "/password", text));
            return person;
        }
    }

    /** What the user is to be. */
    record Place(
            TenantId tenant,
            @Nullable CustomerId customer,
            Role role,
            AccessLevel access,
            @Nullable PermissionSetId permissionSet) {
        static Place platform(Role role) {
            return new Place(Scope.PLATFORM, null, role, AccessLevel.FULL, null);
        }
    }

    /**
     * Creates the user, and the welcome mail with a one-time link.
     *
     * @throws ProblemException {@code email_taken}
     */
    UserRow create(Scope scope, Person person, Place place) {
        return inserted(scope, person, place).orElseThrow(UserForms::emailTaken);
    }

    /** The same, but empty when the address is taken, after which the transaction can go on. */
    Optional<UserRow> inserted(Scope scope, Person person, Place place) {
        String emailKey = person.email().key();
        if (mapper.byEmail(place.tenant(), emailKey).isPresent()) {
            // found out before the costly hash; who comes between is caught by the constraint
            return Optional.empty();
        }
        UserRow user = new UserRow(
                place.tenant(),
                UserId.next(clock),
                place.customer(),
                person.email().text(),
                null,
                person.firstName(),
                person.lastName(),
                place.role(),
                place.access(),
                place.permissionSet(),
                UserStatus.ACTIVE,
                person.password().isPresent(),
                person.password().isPresent() && person.mustChange(),
                null,
                clock.instant(),
                1);
        String hash = person.password().map(hashes::hash).orElse(null);
        if (mapper.insert(user, hash) == 0) {
            return Optional.empty();
        }
        links.welcome(scope, user, hash != null);
        audit.record(
                scope,
                "user.create",
                user.userId().toString(),
                Optional.ofNullable(user.customerId()),
                null,
                UserForms.state(user));
        return Optional.of(user);
    }

    /** The platform answers for the address of a user whom it made. */
    void vouchFor(UserRow user) {
        mapper.verified(user.tenantId(), user.userId(), clock.instant());
    }

    /**
     * Starts a platform user afresh whose address nobody has proved: whoever made it may know its password and hold a
     * session, and is not to come along into another tenant. Who has proved the address keeps everything. The
     * caller forgets who is behind the ended sessions once it has committed.
     *
     * @return whether the user was started afresh, and welcomed
     */
    boolean renewed(Scope platform, UserRow user, Optional<String> password, boolean mustChange) {
        String hash = password.map(hashes::hash).orElse(null);
        if (mapper.resetUnverified(user.tenantId(), user.userId(), hash, hash != null && mustChange) == 0) {
            return false;
        }
        sessions.endOfUser(user.tenantId(), user.userId(), null);
        links.end(user);
        links.welcome(platform, user, hash != null);
        audit.record(platform, "user.renew", user.userId().toString(), Optional.empty(), null, null);
        return true;
    }

    /** A name, on one line: it stands in mails and tables. */
    static String line(Checks checks, String pointer, @Nullable String value) {
        String text = checks.text(pointer, value, LONGEST_NAME);
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\t') >= 0) {
            checks.error(pointer, FieldProblems.NOT_PRINTABLE, "one line");
        }
        return text;
    }

    /** Refuses a form that is not there. */
    static <T> T present(@Nullable T form) {
        if (form == null) {
            throw new ProblemException(Problems.invalid("", FieldProblems.REQUIRED, "a body is required"));
        }
        return form;
    }
}
