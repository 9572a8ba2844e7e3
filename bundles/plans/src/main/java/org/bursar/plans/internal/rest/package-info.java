@NullMarked
package org.bursar.plans.internal.rest;

import org.jspecify.annotations.NullMarked;
