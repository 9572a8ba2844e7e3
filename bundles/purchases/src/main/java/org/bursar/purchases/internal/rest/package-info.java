/** Paths of purchases. */
@NullMarked
package org.bursar.purchases.internal.rest;

import org.jspecify.annotations.NullMarked;
