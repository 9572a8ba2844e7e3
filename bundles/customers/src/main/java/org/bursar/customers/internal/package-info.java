/** Company accounts: how they are kept, checked, found and erased. */
@NullMarked
package org.bursar.customers.internal;

import org.jspecify.annotations.NullMarked;
