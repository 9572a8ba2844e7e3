@NullMarked
package org.bursar.identity.internal.rest;

import org.jspecify.annotations.NullMarked;
