package org.bursar.mail;

import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MailId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** The mails that were written, for those who look after them. */
@ProviderType
public interface Mails {
    /** Mails, the latest first. */
    Page<MailSummary> list(Scope scope, Page.Request page);

    /**
     * One mail in full. The reading is logged and told to every {@link MailReadLog} in the same transaction, so that
     * nothing is shown that is not recorded.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    MailText read(Scope scope, MailId mail);

    /**
     * Removes every mail of a customer, also what is still to be sent. Joins the caller's transaction.
     *
     * @return how many there were
     */
    int erase(Scope scope, CustomerId customer);
}
