package org.bursar.chathistory.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of messages, for the OpenAPI document. */
record MessagePage(List<MessageJson> items, @Nullable String next) {}
