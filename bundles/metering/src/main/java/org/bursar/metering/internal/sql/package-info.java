@NullMarked
package org.bursar.metering.internal.sql;

import org.jspecify.annotations.NullMarked;
