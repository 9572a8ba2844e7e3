@NullMarked
package org.bursar.plans.internal.sql;

import org.jspecify.annotations.NullMarked;
