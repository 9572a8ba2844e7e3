@NullMarked
package org.bursar.demo.internal;

import org.jspecify.annotations.NullMarked;
