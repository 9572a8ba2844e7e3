/** Gateway: checkout links, payments, memberships and refunds of Whop. Exports nothing. */
@NullMarked
package org.bursar.payments.whop;

import org.jspecify.annotations.NullMarked;
