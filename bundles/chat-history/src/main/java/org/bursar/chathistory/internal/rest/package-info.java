/** Threads and messages over HTTP. */
@NullMarked
package org.bursar.chathistory.internal.rest;

import org.jspecify.annotations.NullMarked;
