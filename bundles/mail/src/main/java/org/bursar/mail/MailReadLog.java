package org.bursar.mail;

import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ConsumerType;

/** Told of every mail that a person reads, for the audit log. Register it as a service. */
@ConsumerType
public interface MailReadLog {
    /**
     * Called in the transaction that reads; what it throws keeps the mail from being shown.
     *
     * @param scope the tenant, and in {@code actor} who reads
     */
    void read(Scope scope, MailSummary mail);
}
