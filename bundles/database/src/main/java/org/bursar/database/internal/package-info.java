@NullMarked
package org.bursar.database.internal;

import org.jspecify.annotations.NullMarked;
