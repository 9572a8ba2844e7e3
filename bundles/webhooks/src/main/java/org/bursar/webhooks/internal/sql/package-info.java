/** Statements over the schema webhooks. */
@NullMarked
package org.bursar.webhooks.internal.sql;

import org.jspecify.annotations.NullMarked;
