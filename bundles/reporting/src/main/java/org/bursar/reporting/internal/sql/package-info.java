/** What reports read: the views that owners publish. */
@NullMarked
package org.bursar.reporting.internal.sql;

import org.jspecify.annotations.NullMarked;
