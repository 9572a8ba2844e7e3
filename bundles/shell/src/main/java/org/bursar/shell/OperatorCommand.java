package org.bursar.shell;

import java.io.IOException;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.bursar.kernel.Actor;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.ProblemException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A command of the operator's: a table for people, {@code --json} for scripts. What is refused ends it with a sentence and
 * an exit code other than zero.
 */
@ConsumerType
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes a command
public abstract class OperatorCommand implements Action {
    /** Who acts, for the audit log. */
    protected static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "operator", "operator");

    @Reference
    Session session;

    @Option(name = "--json", description = "write JSON")
    boolean json;

    @Override
    public final @Nullable Object execute() throws Exception {
        try {
            run();
            return null;
        } catch (ProblemException e) {
            throw new IllegalArgumentException(sentence(e), e);
        }
    }

    /** Does what the command is for. */
    protected abstract void run() throws Exception;

    private static String sentence(ProblemException refusal) {
        StringBuilder text = new StringBuilder(refusal.problem().detail());
        if (refusal.problem().errors().size() > 1) {
            for (FieldError error : refusal.problem().errors()) {
                text.append("; ").append(error.pointer()).append(": ").append(error.detail());
            }
        }
        return text.toString();
    }

    /** Whether JSON is asked for. */
    protected final boolean json() {
        return json;
    }

    /** Where answers go. */
    protected final PrintStream out() {
        return session.getConsole();
    }

    /** Writes rows, as a table or as JSON. */
    protected final void show(Listing rows) {
        if (json) {
            out().println(rows.json());
        } else {
            rows.print(out());
        }
    }

    /** Asks before something is written; {@code --yes} answers beforehand. */
    protected final boolean confirmed(boolean yes, String question) throws IOException {
        if (yes) {
            return true;
        }
        String answer = session.readLine(question + " (yes/no) ", null);
        boolean agreed = answer != null && answer.strip().equalsIgnoreCase("yes");
        if (!agreed) {
            out().println("nothing was done");
        }
        return agreed;
    }
}
