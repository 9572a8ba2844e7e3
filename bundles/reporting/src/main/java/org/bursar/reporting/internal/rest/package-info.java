/** Reports over HTTP. */
@NullMarked
package org.bursar.reporting.internal.rest;

import org.jspecify.annotations.NullMarked;
