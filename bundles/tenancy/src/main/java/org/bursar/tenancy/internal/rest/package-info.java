@NullMarked
package org.bursar.tenancy.internal.rest;

import org.jspecify.annotations.NullMarked;
