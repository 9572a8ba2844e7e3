package org.bursar.webhooks;

import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** What capabilities tell tenants' own systems, once the transaction that wrote it has committed. */
@ProviderType
public interface Announcements {
    /** Stores an event in the transaction of this thread, when one of the tenant's addresses wants such; it is sent later. */
    void put(Scope scope, Announcement announcement);

    /** Whether any of the tenant's addresses wants events of this type: spares the work of finding them. */
    boolean wanted(Scope scope, String type);
}
