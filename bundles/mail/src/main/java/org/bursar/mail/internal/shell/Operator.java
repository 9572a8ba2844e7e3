package org.bursar.mail.internal.shell;

import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.jspecify.annotations.Nullable;

/** What the commands share: whose mails the operator means, and text that may go to a terminal or into JSON. */
final class Operator {
    private static final Actor ACTOR = new Actor(Actor.Kind.OPERATOR, "operator", "operator");
    private static final String PLATFORM = "platform";

    private Operator() {}

    static Scope scope(@Nullable TenantDirectory tenants, String tenant) {
        if (tenant.equals(PLATFORM)) {
            return Scope.platform(ACTOR);
        }
        if (tenants == null) {
            throw new IllegalArgumentException("tenants are not there; only the platform's own mails can be seen");
        }
        return Scope.of(
                tenants.bySlug(tenant).orElseThrow(() -> new IllegalArgumentException("there is no tenant " + tenant)),
                ACTOR);
    }

    /** Without what a terminal would take for commands. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    static String quoted(Object value) {
        StringBuilder out = new StringBuilder("\"");
        value.toString().chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029') {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.append('"').toString();
    }
}
