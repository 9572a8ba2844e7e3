@NullMarked
package org.bursar.metering.internal.rest;

import org.jspecify.annotations.NullMarked;
