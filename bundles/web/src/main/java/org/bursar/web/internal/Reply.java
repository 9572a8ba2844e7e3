package org.bursar.web.internal;

import java.util.Optional;

/** What an operation answered to a page. */
public record Reply(int status, Facts body, Optional<String> tag) {
    private static final int FIRST_REFUSAL = 400;

    public boolean ok() {
        return status < FIRST_REFUSAL;
    }
}
