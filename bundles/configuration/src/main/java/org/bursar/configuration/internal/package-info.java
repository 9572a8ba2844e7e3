@NullMarked
package org.bursar.configuration.internal;

import org.jspecify.annotations.NullMarked;
