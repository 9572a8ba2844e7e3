package org.bursar.identity.internal;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.bursar.database.Database;
import org.bursar.identity.internal.sql.SessionMapper;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.mail.Mail;
import org.bursar.mail.Outbox;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/**
 * One-time links and the mails that carry them. A tenant's mails name its brand and lead to its own host; the
 * platform is not
 * mentioned. Hosts come from the configuration and the database, never from a request.
 */
@Component(
        service = Links.class,
        configurationPid = "org.bursar.identity",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Links {
    static final Duration RESET_VALID = Duration.ofHours(1);
    static final Duration EMAIL_VALID = Duration.ofDays(2);

    private static final String PLATFORM_NAME = "Bursar";

    private final Clock clock;
    private final Neighbours neighbours;
    private final Outbox outbox;
    private final SessionMapper mapper;
    private volatile IdentityConfig config;

    @Activate
    public Links(
            @Reference Database database,
            @Reference Clock clock,
            @Reference Neighbours neighbours,
            @Reference Outbox outbox,
            IdentityConfig config) {
        this.clock = clock;
        this.neighbours = neighbours;
        this.outbox = outbox;
        this.mapper = database.mapper("identity", SessionMapper.class);
        this.config = config;
    }

    /** Takes another configuration: nothing restarts for it. */
    @Modified
    void configure(IdentityConfig config) {
        this.config = config;
    }

    private Duration welcomeValid() {
        return Duration.ofHours(config.welcome_hours());
    }

    /** Makes a link in the caller's transaction. */
    Token create(UserRow user, LinkPurpose purpose, @Nullable String email) {
        Token token = Token.next(Token.Kind.LINK, user.tenantId());
        Instant now = clock.instant();
        mapper.insertLink(
                user.tenantId(),
                token.hash(),
                user.userId(),
                user.customerId(),
                purpose,
                email,
                now,
                now.plus(valid(purpose)));
        return token;
    }

    /** Ends every link of a user. */
    void end(UserRow user) {
        String[] all = Stream.of(LinkPurpose.values()).map(LinkPurpose::name).toArray(String[]::new);
        mapper.endLinks(user.tenantId(), user.userId(), all, clock.instant());
    }

    private Duration valid(LinkPurpose purpose) {
        return switch (purpose) {
            case WELCOME -> welcomeValid();
            case PASSWORD_RESET -> RESET_VALID;
            case EMAIL_CHANGE -> EMAIL_VALID;
        };
    }

    /** Where a tenant's people, or the platform's, sign in. */
    String base(TenantId tenant) {
        URI url = URI.create(config.url());
        String host = neighbours.host(tenant).orElse(url.getHost());
        return url.getScheme() + "://" + host + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /** The address that a link in a mail leads to. */
    String address(Token token) {
        return base(token.tenant()) + "/one-time-links/" + token.text();
    }

    String brand(TenantId tenant) {
        return neighbours.brandName(tenant).orElse(tenant.equals(Scope.PLATFORM) ? PLATFORM_NAME : "your account");
    }

    /** Welcomes a new user. */
    void welcome(Scope scope, UserRow user, boolean passwordGiven) {
        String link = address(create(user, LinkPurpose.WELCOME, null));
        String brand = brand(user.tenantId());
        String how = passwordGiven
                ? "Sign in with your e-mail address and the password that you were given. To choose another one,"
                        + " open this link:\n\n"
                : "Choose a password to sign in with:\n\n";
        put(
                scope,
                user.customerId(),
                "welcome",
                user.email(),
                "Welcome to " + brand,
                "Hello " + user.firstName() + ",\n\n"
                        + "an account was made for you at " + brand + ".\n\n"
                        + "You sign in at " + base(user.tenantId()) + "/ with " + user.email() + ".\n\n"
                        + how + link + "\n\n"
                        + "The link works once, until it is used or " + days(welcomeValid()) + " have passed.\n");
    }

    /** Tells a platform user that a tenant was added to what it has. */
    void joined(Scope scope, UserRow user) {
        put(
                scope,
                null,
                "membership",
                user.email(),
                "You have access to another tenant",
                "Hello " + user.firstName() + ",\n\n" + "you were given access to another tenant. Sign in as usual at "
                        + base(Scope.PLATFORM) + "/.\n");
    }

    /** Answers a request for a new password. */
    void reset(Scope scope, UserRow user) {
        String link = address(create(user, LinkPurpose.PASSWORD_RESET, null));
        put(
                scope,
                user.customerId(),
                "password-reset",
                user.email(),
                "Choose a new password",
                "Hello " + user.firstName() + ",\n\n"
                        + "somebody, you we hope, asked for a new password at " + brand(user.tenantId())
                        + ". Choose one here:\n\n"
                        + link + "\n\n"
                        + "The link works once and for one hour. If it was not you, there is nothing to do:"
                        + " your password stays.\n");
    }

    /** Asks whether a new address is the user's, and tells the old one. */
    void emailChange(Scope scope, UserRow user, String newEmail) {
        String link = address(create(user, LinkPurpose.EMAIL_CHANGE, newEmail));
        put(
                scope,
                user.customerId(),
                "email-change",
                newEmail,
                "Confirm your e-mail address",
                "Hello " + user.firstName() + ",\n\n"
                        + "confirm that this is your e-mail address at " + brand(user.tenantId()) + ":\n\n"
                        + link + "\n\n"
                        + "Until then you sign in with the address that you have.\n");
        put(
                scope,
                user.customerId(),
                "email-change-notice",
                user.email(),
                "Your e-mail address is about to change",
                "Hello " + user.firstName() + ",\n\n"
                        + "your e-mail address at " + brand(user.tenantId()) + " is to become " + newEmail
                        + ", once that is confirmed from there."
                        + " If you do not know of this, tell your administrator.\n");
    }

    private void put(Scope scope, @Nullable CustomerId customer, String kind, String to, String subject, String text) {
        outbox.put(scope, new Mail(kind, to, subject, text, Optional.ofNullable(customer)));
    }

    private static String days(Duration duration) {
        long days = duration.toDays();
        return days >= 1 ? days + (days == 1 ? " day" : " days") : duration.toHours() + " hours";
    }
}
