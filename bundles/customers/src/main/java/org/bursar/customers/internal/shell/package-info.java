/** Customers in the shell. */
@NullMarked
package org.bursar.customers.internal.shell;

import org.jspecify.annotations.NullMarked;
