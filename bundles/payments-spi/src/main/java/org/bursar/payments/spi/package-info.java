/**
 * What a payment gateway implements and reads. JDK types only.
 *
 * <p>Start with {@link org.bursar.payments.spi.PaymentGateway}. Interfaces marked {@code @ProviderType} are given by the
 * platform and may grow methods in a minor version; what a gateway makes itself are final classes with factories. A gateway
 * imports this package with {@code version="[1.0,2)"}, which bnd writes by itself, and exports nothing.
 */
@Export
@Version("1.1.0")
@NullMarked
package org.bursar.payments.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
