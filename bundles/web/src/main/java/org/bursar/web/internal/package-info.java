@NullMarked
package org.bursar.web.internal;

import org.jspecify.annotations.NullMarked;
