package org.bursar.mail.internal;

import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Component;

/** What came of the mails that this node has handled since it started. */
@Component(service = MailTally.class)
public final class MailTally {
    final LongAdder sent = new LongAdder();
    final LongAdder kept = new LongAdder();
    final LongAdder postponed = new LongAdder();
    final LongAdder failed = new LongAdder();
}
