package org.bursar.web.internal;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a visit. Over https they carry the prefix {@code __Host-}: no other host and no path of this one can set them
 * (RFC 6265bis). None is readable by scripts but the theme.
 */
public final class Cookies {
    private static final int LONGEST = 512;

    private final Map<String, String> values = new HashMap<>();
    private final boolean secure;
    private String begun = "";

    private Cookies(boolean secure) {
        this.secure = secure;
    }

    static Cookies of(HttpServletRequest request, boolean secure) {
        Cookies cookies = new Cookies(secure);
        Cookie @Nullable [] sent = request.getCookies();
        if (sent != null) {
            for (Cookie cookie : sent) {
                if (cookie.getValue().length() <= LONGEST) {
                    cookies.values.put(cookie.getName(), cookie.getValue());
                }
            }
        }
        return cookies;
    }

    private String name(String plain) {
        return secure ? "__Host-" + plain : plain;
    }

    private Optional<String> value(String plain) {
        return Optional.ofNullable(values.get(name(plain))).filter(value -> !value.isBlank());
    }

    /** The token of the session. */
    public Optional<String> session() {
        return value("session");
    }

    /** What the forms of those who have not signed in are bound to. */
    public Optional<String> visit() {
        return begun.isEmpty() ? value("visit") : Optional.of(begun);
    }

    /** The tenant that a platform user works in. */
    public Optional<String> acting() {
        return value("acting");
    }

    /** What was done, to be said on the next page: a key of {@link Words} and its argument. */
    public Optional<String> toast() {
        return value("toast");
    }

    /** The columns of the customer list that were chosen. */
    public Optional<String> columns() {
        return value("columns");
    }

    public Optional<String> theme() {
        return Optional.ofNullable(values.get("theme")).filter(theme -> theme.equals("light") || theme.equals("dark"));
    }

    /** Begins a visit of somebody who has not signed in; gives what to set, or nothing when there is one. */
    public Optional<String> begin() {
        if (visit().isPresent()) {
            return Optional.empty();
        }
        begun = Visit.random();
        return Optional.of(set("visit", begun, -1));
    }

    /** A Set-Cookie header; it lasts so many seconds, with less than 0 until the browser is closed, and 0 takes it away. */
    public String set(String plain, String value, long seconds) {
        return name(plain) + '=' + value + "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "")
                + (seconds < 0 ? "" : "; Max-Age=" + seconds);
    }

    public String drop(String plain) {
        return set(plain, "", 0);
    }
}
