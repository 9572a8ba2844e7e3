/** The tables of customers. */
@NullMarked
package org.bursar.customers.internal.sql;

import org.jspecify.annotations.NullMarked;
