@NullMarked
package org.bursar.database.internal.sql;

import org.jspecify.annotations.NullMarked;
