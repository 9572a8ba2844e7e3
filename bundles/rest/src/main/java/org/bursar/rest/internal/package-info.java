@NullMarked
package org.bursar.rest.internal;

import org.jspecify.annotations.NullMarked;
