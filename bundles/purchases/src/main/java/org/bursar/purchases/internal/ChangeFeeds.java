package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.ChangeFeed;
import org.bursar.payments.spi.ChangeFeed.Changes;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.bursar.purchases.internal.sql.FeedMapper;
import org.bursar.purchases.internal.sql.FeedRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what providers list as changed, which makes up for webhooks that were lost for good: nobody looks by himself at a purchase
 * that is settled, so a refund or dispute made at the provider would not be seen. What is listed only hints, as a webhook does: the
 * purchase is made due, and what {@code fetch} shows counts. A page that is read twice therefore does no harm, and the place behind
 * it is stored only when every purchase on it is due.
 */
@Component(service = RecurringJob.class)
public final class ChangeFeeds implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeeds.class);
    private static final int A_PAGE = 100;
    private static final int PAGES = 20;
    private static final int LONGEST_CURSOR = 500;
    private static final int LONGEST_NOTE = 500;
    /** After so many tries in a row a page is left behind, whatever on it could not be found out. */
    static final int HOPELESS = 5;

    private final Database database;
    private final TenantDirectory tenants;
    private final SettingsStore settings;
    private final PurchaseLooks looks;
    private final WebhookHints hints;
    private final Clock clock;
    private final FeedMapper mapper;

    @Activate
    public ChangeFeeds(
            @Reference Database database,
            @Reference TenantDirectory tenants,
            @Reference SettingsStore settings,
            @Reference PurchaseLooks looks,
            @Reference WebhookHints hints,
            @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.settings = settings;
        this.looks = looks;
        this.hints = hints;
        this.clock = clock;
        mapper = database.mapper("purchases", FeedMapper.class);
    }

    @Override
    public String name() {
        return "payment-changes";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        SilentGateways silent = new SilentGateways();
        JobThreads.each(name(), tenants.all(), tenant -> follow(Scope.of(tenant, Actor.system(name())), silent));
    }

    private void follow(Scope scope, SilentGateways silent) {
        try {
            List<String> gateways = database.transact(scope, () -> mapper.selling(scope.tenant()));
            gateways.forEach(gateway -> follow(scope, gateway, silent));
        } catch (RuntimeException e) {
            // the cursor stands where it stood; another tenant must not wait for it
            LOG.warn("the changes of tenant {} could not be read", scope.tenant(), e);
        }
    }

    /** Whether there may be another page. */
    private enum Page {
        MORE,
        LAST,
        /** The provider does not let this tenant ask. */
        REFUSED,
        /** The provider does not tell. */
        UNTOLD;

        private Told told() {
            return switch (this) {
                case MORE, LAST -> Told.SOMETHING;
                case REFUSED -> Told.REFUSED;
                case UNTOLD -> Told.NOTHING;
            };
        }
    }

    private void follow(Scope scope, String gateway, SilentGateways silent) {
        Page page = Page.MORE;
        for (int pages = 0; page == Page.MORE && pages < PAGES; pages++) {
            if (silent.leavesAlone(scope.tenant(), gateway)
                    || Thread.currentThread().isInterrupted()) {
                return;
            }
            page = next(scope, gateway);
            silent.told(scope.tenant(), gateway, page.told());
        }
    }

    /** Where to go on, and with which settings. */
    private record Place(TenantSettings settings, Optional<String> cursor, int failures) {}

    private Page next(Scope scope, String gateway) {
        Place place = database.transact(scope, () -> place(scope.tenant(), gateway));
        TenantSettings with = place.settings();
        GatewayOutcome<Optional<Changes>> outcome = looks.ask(
                scope,
                with.mode(),
                with,
                (service, context) -> service instanceof ChangeFeed feed
                        ? Optional.of(checked(feed.changes(context, place.cursor(), A_PAGE)))
                        : Optional.empty());
        if (outcome instanceof GatewayOutcome.Absent<?>) {
            return Page.LAST;
        }
        if (!(outcome instanceof GatewayOutcome.Answered<Optional<Changes>> answered)) {
            failed(scope, with, 0, PurchaseLooks.said(outcome));
            return Told.of(outcome) == Told.REFUSED ? Page.REFUSED : Page.UNTOLD;
        }
        return answered.value().isEmpty()
                ? Page.LAST
                : read(scope, place, answered.value().get());
    }

    private Place place(TenantId tenant, String gateway) {
        TenantSettings with = settings.load(tenant, gateway);
        Optional<FeedRow> row = mapper.find(tenant, gateway);
        return new Place(
                with,
                row.filter(one -> one.revision() == with.revision()).map(FeedRow::cursor),
                row.map(FeedRow::failures).orElse(0));
    }

    /** A gateway that answers with nonsense has not answered. */
    private static Changes checked(Changes changes) {
        if (changes.refs().size() > A_PAGE
                || changes.nextCursor().length() > LONGEST_CURSOR
                || changes.nextCursor().chars().anyMatch(letter -> letter < ' ')) {
            throw new IllegalArgumentException("more than was asked for, or a cursor that is none");
        }
        return changes;
    }

    private Page read(Scope scope, Place place, Changes changes) {
        String gateway = place.settings().gateway();
        List<Hint> listed = new LinkedHashSet<PaymentRef>(changes.refs())
                .stream().map(ref -> Hint.of(ref, Optional.empty())).toList();
        List<Hint> open = database.transact(scope, () -> hints.mark(scope, gateway, listed))
                .open();
        String note = null;
        for (Hint hint : open) {
            WebhookHints.Found found = hints.find(scope, gateway, hint, 1);
            note = found.again() == null ? note : hint.ref() + ": " + found.note();
        }
        if (note != null && place.failures() + 1 < HOPELESS) {
            failed(scope, place.settings(), 1, note);
            return Page.LAST;
        }
        behind(scope, place, changes.nextCursor(), note);
        boolean further = !changes.refs().isEmpty() && !place.cursor().equals(Optional.of(changes.nextCursor()));
        return further ? Page.MORE : Page.LAST;
    }

    private void behind(Scope scope, Place place, String cursor, @Nullable String note) {
        TenantSettings with = place.settings();
        if (note != null) {
            LOG.warn("a change at gateway {} of tenant {} is left behind: {}", with.gateway(), scope.tenant(), note);
        }
        database.run(
                scope,
                () -> mapper.read(
                        scope.tenant(),
                        with.gateway(),
                        cursor,
                        with.revision(),
                        note == null ? null : shortened(note),
                        clock.instant()));
    }

    private void failed(Scope scope, TenantSettings with, int more, String note) {
        LOG.info("the changes at gateway {} of tenant {} cannot be read: {}", with.gateway(), scope.tenant(), note);
        database.run(
                scope,
                () -> mapper.failed(
                        scope.tenant(), with.gateway(), with.revision(), more, shortened(note), clock.instant()));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
        return line.length() <= LONGEST_NOTE ? line : line.substring(0, LONGEST_NOTE);
    }
}
