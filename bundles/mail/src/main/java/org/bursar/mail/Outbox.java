package org.bursar.mail;

import org.bursar.kernel.MailId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Mails that go out once the transaction that wrote them has committed. */
@ProviderType
public interface Outbox {
    /** Stores a mail in the transaction of this thread, encrypted; it is sent later and tried again until it goes. */
    MailId put(Scope scope, Mail mail);
}
