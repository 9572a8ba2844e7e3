/** How chats are kept. */
@NullMarked
package org.bursar.chathistory.internal;

import org.jspecify.annotations.NullMarked;
