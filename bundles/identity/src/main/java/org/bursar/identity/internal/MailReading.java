package org.bursar.identity.internal;

import java.util.Map;
import org.bursar.kernel.Scope;
import org.bursar.mail.MailReadLog;
import org.bursar.mail.MailSummary;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Writes into the audit log who read which mail. */
@Component(service = MailReadLog.class)
public final class MailReading implements MailReadLog {
    private final AuditLog audit;

    @Activate
    public MailReading(@Reference AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void read(Scope scope, MailSummary mail) {
        audit.record(scope, "mail.read", mail.id().toString(), mail.customer(), null, Map.of("kind", mail.kind()));
    }
}
