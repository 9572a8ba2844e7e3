/** PostgreSQL in the box: unpacked, initialised, started, watched and stopped by the platform itself. */
@NullMarked
package org.bursar.database.embedded.internal;

import org.jspecify.annotations.NullMarked;
