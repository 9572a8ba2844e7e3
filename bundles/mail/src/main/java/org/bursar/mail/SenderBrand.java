package org.bursar.mail;

import java.util.Optional;
import org.bursar.kernel.TenantId;
import org.osgi.annotation.versioning.ConsumerType;

/** In whose name a tenant's mails go out. Implemented by tenancy. */
@ConsumerType
public interface SenderBrand {
    /** The name and, where the tenant has set one, the address; empty for a tenant that does not exist. */
    Optional<Sender> sender(TenantId tenant);

    /** A name and an optional address. */
    record Sender(String name, Optional<String> address) {}
}
