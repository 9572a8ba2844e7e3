@NullMarked
package org.bursar.credits.internal.rest;

import org.jspecify.annotations.NullMarked;
