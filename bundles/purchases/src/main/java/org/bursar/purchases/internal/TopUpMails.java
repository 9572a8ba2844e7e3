package org.bursar.purchases.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.bursar.database.Database;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.mail.Mail;
import org.bursar.mail.Outbox;
import org.bursar.purchases.TopUpStop;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a customer's admin is mailed about top-ups, in the transaction that it is about. */
@Component(service = TopUpMails.class)
public final class TopUpMails {
    private static final String TEXTS = "/text/top-up-mails.properties";

    private final Database database;
    private final Users users;
    private final Outbox outbox;
    private final TenantPages pages;
    private final Properties texts = texts();

    @Activate
    public TopUpMails(
            @Reference Database database,
            @Reference Users users,
            @Reference Outbox outbox,
            @Reference TenantPages pages) {
        this.database = database;
        this.users = users;
        this.outbox = outbox;
        this.pages = pages;
    }

    private static Properties texts() {
        try (InputStream stream = TopUpMails.class.getResourceAsStream(TEXTS);
                Reader reader = new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8)) {
            Properties texts = new Properties();
            texts.load(reader);
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bank wants the payer: here is where to pay. */
    void confirm(Scope scope, CustomerId customer, PurchaseId purchase, String price) {
        send(scope, customer, "top-up-confirmation", price, pages.of(scope, "/purchases/" + purchase));
    }

    /** Nothing is charged any longer, and why. */
    void stopped(Scope scope, CustomerId customer, TopUpStop why) {
        String reason = text("stopped." + why.name().toLowerCase(Locale.ROOT));
        send(scope, customer, "top-up-stopped", reason, pages.of(scope, "/buy"));
    }

    /** To the customer's first admin, where there is one; users are read as the tenant's own people read them. */
    private void send(Scope scope, CustomerId customer, String kind, Object... words) {
        Scope whole = scope.wholeTenant();
        UserSummary admin = database.transact(whole, () -> users.admins(whole, List.of(customer)))
                .get(customer);
        if (admin != null) {
            String body = new MessageFormat(text(kind + ".text"), Locale.ENGLISH).format(words);
            outbox.put(scope, new Mail(kind, admin.email(), text(kind + ".subject"), body, Optional.of(customer)));
        }
    }

    private String text(String key) {
        return Objects.requireNonNull(texts.getProperty(key), key);
    }
}
