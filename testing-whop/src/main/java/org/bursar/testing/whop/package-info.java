/** A Whop of our own for tests. */
@NullMarked
package org.bursar.testing.whop;

import org.jspecify.annotations.NullMarked;
