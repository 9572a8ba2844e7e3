@NullMarked
package org.bursar.tenancy.internal.sql;

import org.jspecify.annotations.NullMarked;
