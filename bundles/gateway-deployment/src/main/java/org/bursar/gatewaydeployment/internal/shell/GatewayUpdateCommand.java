package org.bursar.gatewaydeployment.internal.shell;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Scope;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayBundle.State;
import org.bursar.purchases.GatewayJars;
import org.bursar.shell.OperatorCommand;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** {@code gateway:update}: runs another approved version of a gateway. */
@Service
@Command(
        scope = "gateway",
        name = "update",
        description = "Drains a gateway and runs another approved version of it, the newest or the one that is named")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class GatewayUpdateCommand extends OperatorCommand {
    @Reference
    private GatewayJars jars;

    @Argument(index = 0, name = "gateway", description = "the gateway's id", required = true)
    private String gateway;

    @Argument(
            index = 1,
            name = "digest",
            description = "of the version that is to run, which may be an older one",
            required = false)
    @Completion(DigestCompleter.class)
    private @Nullable String digest;

    @Option(name = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    protected void run() throws IOException {
        List<GatewayBundle> versions = versions();
        GatewayBundle wanted = digest == null ? newest(versions) : Jars.byDigest(jars, digest);
        if (!versions.contains(wanted)) {
            throw new IllegalArgumentException("that digest is of " + wanted.id() + ", not of " + gateway);
        }
        String whole = Objects.requireNonNull(wanted.digest());
        if (wanted.state() == State.ACTIVE) {
            out().println(Jars.told(wanted) + " runs already");
        } else if (confirmed(yes, "Run " + Jars.told(wanted) + '?')) {
            jars.update(Scope.platform(OPERATOR), whole);
            show(Jars.settled(jars, whole));
        }
    }

    /** The jars of the gateway, by the id that it runs with or would have. */
    private List<GatewayBundle> versions() {
        List<GatewayBundle> all = jars.jars();
        Optional<String> bundle = all.stream()
                .filter(jar -> jar.id().equals(gateway))
                .map(GatewayBundle::bundle)
                .findFirst();
        return all.stream()
                .filter(jar -> bundle.isPresent() && jar.bundle().equals(bundle.get()))
                .filter(jar -> jar.digest() != null)
                .toList();
    }

    private GatewayBundle newest(List<GatewayBundle> versions) {
        return versions.stream()
                .filter(jar -> jar.state() == State.ACTIVE || jar.state() == State.APPROVED)
                .max(Comparator.comparing((GatewayBundle jar) -> Version.parseVersion(jar.version()))
                        .thenComparing(jar -> jar.state() == State.ACTIVE))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no jar of " + gateway + " is approved; what came with the distribution is updated with it"));
    }
}
