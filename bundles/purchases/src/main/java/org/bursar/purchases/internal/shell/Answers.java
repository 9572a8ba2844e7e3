package org.bursar.purchases.internal.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.console.Session;

/** Asks before something is written. */
final class Answers {
    private Answers() {}

    static boolean yes(Session session, String question) throws IOException {
        String answer = session.readLine(question + " (yes/no) ", null);
        return answer != null && answer.strip().equalsIgnoreCase("yes");
    }
}
