package org.bursar.gatewaydeployment.internal.shell;

import java.io.IOException;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Scope;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayJars;
import org.bursar.shell.OperatorCommand;

/** {@code gateway:approve}: lets a jar from the folder run. */
@Service
@Command(
        scope = "gateway",
        name = "approve",
        description = "Approves a jar in the folder for gateways by its digest, and starts it")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class GatewayApproveCommand extends OperatorCommand {
    @Reference
    private GatewayJars jars;

    @Argument(
            index = 0,
            name = "digest",
            description = "SHA-256 of the jar as gateway:list shows it, or how it begins",
            required = true)
    @Completion(DigestCompleter.class)
    private String digest;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        GatewayBundle jar = Jars.byDigest(jars, digest);
        String question = "Let " + Jars.told(jar) + " run, with everything that this platform may?";
        if (confirmed(yes, question)) {
            String whole = Objects.requireNonNull(jar.digest());
            jars.approve(Scope.platform(OPERATOR), whole);
            show(Jars.settled(jars, whole));
        }
    }
}
