@NullMarked
package org.bursar.web.internal.rest;

import org.jspecify.annotations.NullMarked;
