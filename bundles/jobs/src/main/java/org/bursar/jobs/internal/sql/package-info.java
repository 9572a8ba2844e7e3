@NullMarked
package org.bursar.jobs.internal.sql;

import org.jspecify.annotations.NullMarked;
