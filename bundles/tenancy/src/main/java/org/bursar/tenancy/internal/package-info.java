@NullMarked
package org.bursar.tenancy.internal;

import org.jspecify.annotations.NullMarked;
