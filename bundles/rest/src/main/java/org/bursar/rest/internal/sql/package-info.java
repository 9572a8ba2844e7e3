@NullMarked
package org.bursar.rest.internal.sql;

import org.jspecify.annotations.NullMarked;
