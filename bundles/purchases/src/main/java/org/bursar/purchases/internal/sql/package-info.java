/** Statements over the schema purchases. */
@NullMarked
package org.bursar.purchases.internal.sql;

import org.jspecify.annotations.NullMarked;
