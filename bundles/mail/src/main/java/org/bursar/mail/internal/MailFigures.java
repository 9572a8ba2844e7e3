package org.bursar.mail.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Figure;
import org.bursar.kernel.Figures;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.mail.internal.sql.MailMapper;
import org.bursar.mail.internal.sql.WaitingRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What waits to be sent, and what came of what was handled here. */
@Component(service = Figures.class)
public final class MailFigures implements Figures {
    private static final Actor ACTOR = Actor.system("mail-figures");

    private final Database database;
    private final Clock clock;
    private final MailTally tally;
    private final MailMapper mails;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable TenantDirectory tenants;

    @Activate
    public MailFigures(@Reference Database database, @Reference Clock clock, @Reference MailTally tally) {
        this.database = database;
        this.clock = clock;
        this.tally = tally;
        mails = database.mapper("mail", MailMapper.class);
    }

    @Override
    public String source() {
        return "mail";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public List<Figure> read() {
        List<TenantId> all = new ArrayList<>(List.of(Scope.PLATFORM));
        TenantDirectory directory = tenants;
        if (directory != null) {
            all.addAll(directory.all());
        }
        long waiting = 0;
        @Nullable Instant oldest = null;
        for (TenantId tenant : all) {
            WaitingRow row = database.transact(Scope.of(tenant, ACTOR), () -> mails.waiting(tenant));
            waiting += row.waiting();
            Instant since = row.oldest();
            if (since != null && (oldest == null || since.isBefore(oldest))) {
                oldest = since;
            }
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("bursar_mail_queued", "Mails that wait to be sent", waiting));
        figures.add(Figure.of(
                "bursar_mail_oldest_waiting_seconds",
                "How long the mail has waited that waits the longest; 0 when none does",
                oldest == null
                        ? 0
                        : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds())));
        figures.add(handled("sent", tally.sent));
        figures.add(handled("kept", tally.kept));
        figures.add(handled("postponed", tally.postponed));
        figures.add(handled("failed", tally.failed));
        return figures;
    }

    private static Figure handled(String outcome, LongAdder count) {
        return new Figure(
                "bursar_mail_handled_total",
                "Mails by what came of them on this node since its start",
                Map.of("outcome", outcome),
                count.sum());
    }
}
