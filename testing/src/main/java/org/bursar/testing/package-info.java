/** What tests of every bundle share: a real PostgreSQL, a database of one's own, a clock that stands still. */
@NullMarked
package org.bursar.testing;

import org.jspecify.annotations.NullMarked;
