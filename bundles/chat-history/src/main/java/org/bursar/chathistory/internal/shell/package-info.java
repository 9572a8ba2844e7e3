/** Shell commands of chat history. */
@NullMarked
package org.bursar.chathistory.internal.shell;

import org.jspecify.annotations.NullMarked;
