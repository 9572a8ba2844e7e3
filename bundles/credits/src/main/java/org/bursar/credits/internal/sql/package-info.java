@NullMarked
package org.bursar.credits.internal.sql;

import org.jspecify.annotations.NullMarked;
