package org.bursar.chathistory.internal.rest;

import org.bursar.chathistory.ThreadStatus;
import org.jspecify.annotations.Nullable;

/** What of a thread can be changed. */
record ThreadStatusForm(@Nullable ThreadStatus status) {}
