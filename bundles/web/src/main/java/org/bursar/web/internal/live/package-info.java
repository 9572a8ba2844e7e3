/** Telling open pages that what they show has changed. */
@NullMarked
package org.bursar.web.internal.live;

import org.jspecify.annotations.NullMarked;
