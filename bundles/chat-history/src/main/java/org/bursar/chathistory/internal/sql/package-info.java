/** Statements of chat history. */
@NullMarked
package org.bursar.chathistory.internal.sql;

import org.jspecify.annotations.NullMarked;
