@NullMarked
package org.bursar.identity.internal.sql;

import org.jspecify.annotations.NullMarked;
