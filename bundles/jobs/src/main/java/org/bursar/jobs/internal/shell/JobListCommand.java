package org.bursar.jobs.internal.shell;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.jobs.internal.JobRunner;
import org.bursar.jobs.internal.JobState;
import org.jspecify.annotations.Nullable;

/** {@code job:list}. */
@Service
@Command(scope = "job", name = "list", description = "Lists the recurring jobs, their last runs and their failures")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class JobListCommand implements Action {
    @Reference
    private JobRunner runner;

    @Reference
    private Session session;

    @Option(name = "--json", description = "JSON, one array")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        if (json) {
            session.getConsole().println(json(runner.states()));
        } else {
            print(session.getConsole(), runner.states());
        }
        return null;
    }

    static void print(PrintStream out, List<JobState> states) {
        ShellTable table = new ShellTable();
        table.column("Name");
        table.column("Every");
        table.column("Last run");
        table.column("Next run");
        table.column("Last failure");
        table.column("Runs").alignRight();
        table.column("Failed").alignRight();
        for (JobState state : states) {
            table.addRow()
                    .addContent(
                            state.name(),
                            state.every()
                                    .map(every -> every.toString().substring(2))
                                    .orElse("not here"),
                            text(state.lastRun()),
                            state.running().isPresent() ? "running" : text(state.nextRun()),
                            text(state.lastFailure())
                                    + (state.failuresInARow() > 1 ? " x " + state.failuresInARow() : ""),
                            state.runs(),
                            state.failures());
        }
        table.emptyTableText("No job has run yet").print(out);
    }

    private static String text(Optional<Instant> time) {
        return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("");
    }

    /** Names are kebab-case and the rest are numbers, times and our own node names, so nothing needs escaping. */
    static String json(List<JobState> states) {
        return states.stream().map(JobListCommand::json).collect(Collectors.joining(",\n ", "[", "]"));
    }

    private static String json(JobState state) {
        return "{\"name\": \"" + state.name() + "\", \"every\": " + quoted(state.every()) + ", \"running\": "
                + quoted(state.running()) + ", \"lastRun\": " + quoted(state.lastRun()) + ", \"nextRun\": "
                + quoted(state.nextRun()) + ", \"lastFailure\": " + quoted(state.lastFailure())
                + ", \"failuresInARow\": "
                + state.failuresInARow() + ", \"runs\": " + state.runs() + ", \"failures\": " + state.failures() + "}";
    }

    private static String quoted(Optional<?> value) {
        return value.map(v -> "\"" + v + "\"").orElse("null");
    }
}
