package org.bursar.kernel;

import java.util.UUID;

/** An identifier that knows of what it is one. Its text is a TypeID: {@code cus_01h2xcejqtf2nbrexx3vqjhp41}. */
public interface Id {
    /** The UUID, version 7 when Bursar made it. */
    UUID uuid();

    /** The type prefix, without the underscore. */
    String prefix();
}
