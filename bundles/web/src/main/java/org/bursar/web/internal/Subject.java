package org.bursar.web.internal;

import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;

/**
 * What an open page looks at.
 *
 * @param customer whose; empty: all of the tenant's
 * @param about such as {@code purchases}, as a {@link org.bursar.kernel.Pulse} names it
 */
public record Subject(TenantId tenant, Optional<CustomerId> customer, String about) {}
