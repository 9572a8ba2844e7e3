/** What other bundles add to the pages. */
@NullMarked
package org.bursar.web.internal.parts;

import org.jspecify.annotations.NullMarked;
