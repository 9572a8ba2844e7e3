package org.bursar.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** For a servlet of the platform's own that only shows something and lies beside the interface, where no Jersey finds out who calls. */
@ProviderType
public interface PlatformGate {
    /**
     * Whether the request may be answered: it is a GET, and its bearer belongs to the platform (an admin's session, or a key without a
     * tenant) and has the permission. When it is not, a problem has been answered. Whoever was admitted within the last hour is
     * admitted, too, while the database is away and nobody can be looked up.
     */
    boolean admits(HttpServletRequest request, HttpServletResponse response, String permission) throws IOException;
}
