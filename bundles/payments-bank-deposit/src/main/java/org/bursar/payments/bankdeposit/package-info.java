/** Gateway: the payer deposits into the tenant's bank account and an admin approves. Exports nothing. */
@NullMarked
package org.bursar.payments.bankdeposit;

import org.jspecify.annotations.NullMarked;
