package org.bursar.gatewaydeployment.internal.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.bursar.purchases.GatewayJars;

/** Completes the digest of a jar. */
@Service
@SuppressWarnings("NullAway.Init") // the shell fills the field
public final class DigestCompleter implements Completer {
    @Reference
    private GatewayJars jars;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        StringsCompleter digests = new StringsCompleter();
        jars.jars().forEach(jar -> {
            String digest = jar.digest();
            if (digest != null) {
                digests.getStrings().add(digest);
            }
        });
        return digests.complete(session, line, candidates);
    }
}
