/**
 * The contract tests of payment gateways. A gateway's author extends {@link org.bursar.payments.tck.GatewayTck} in a test and
 * implements {@link org.bursar.payments.tck.ProviderStub} over a stub of the provider; docs/write-a-gateway.md shows how.
 */
@NullMarked
package org.bursar.payments.tck;

import org.jspecify.annotations.NullMarked;
