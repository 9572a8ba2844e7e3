package org.bursar.tenancy.internal.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Scope;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.bursar.tenancy.internal.SandboxClocks;
import org.bursar.tenancy.internal.SandboxClocks.Advance;
import org.bursar.tenancy.internal.SandboxClocks.Reading;

/** {@code tenant:advance}: moves a sandbox's clock forward. */
@Service
@Command(
        scope = "tenant",
        name = "advance",
        description = "Moves a sandbox's clock forward; what is due on the way happens")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class TenantAdvanceCommand extends TenantCommand {
    /** What is left then goes on by itself. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Reference
    private SandboxClocks clocks;

    @Argument(
            index = 1,
            name = "to",
            description = "an instant such as 2027-01-31T00:00:00Z, or a period such as P1M, P1D or PT1H",
            required = true)
    private String to;

    @Override
    protected void run() {
        Scope scope = scope();
        clocks.aim(scope, advance());
        Reading reading = clocks.go(scope.tenant(), PATIENCE).reading();
        show(new Listing("now", "target", "moving").row(reading.now(), reading.target(), reading.moving()));
    }

    private Advance advance() {
        if (to.startsWith("P") || to.startsWith("p")) {
            return new Advance(null, to);
        }
        try {
            return new Advance(Instant.parse(to), null);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "neither an instant such as 2027-01-31T00:00:00Z nor a period such as P1M: " + to, e);
        }
    }
}
