@NullMarked
package org.bursar.identity.internal;

import org.jspecify.annotations.NullMarked;
