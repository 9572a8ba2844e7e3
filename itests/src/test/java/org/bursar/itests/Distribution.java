package org.bursar.itests;

import static org.ops4j.pax.exam.CoreOptions.environment;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.CoreOptions.when;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.ops4j.pax.exam.Option;

/** The distribution as it was built, with ports and a data folder of its own. */
final class Distribution {
    private static final String MAVEN = "etc/org.ops4j.pax.url.mvn.cfg";

    private Distribution() {}

    static Option[] options(String admin, String password) {
        File folder = new File("target/distribution-" + System.nanoTime()).getAbsoluteFile();
        File bursar = new File(folder, "bursar");
        if (!bursar.mkdirs()) {
            throw new IllegalStateException("no folder " + bursar);
        }
        String data = bursar.getPath();
        int port = freePort();
        // the tests' own bundles are not in the distribution: Maven has put them here
        String repository = System.getProperty("bursar.repository");
        return new Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(new File(System.getProperty("bursar.distribution"))
                            .toURI()
                            .toString())
                    .name("Bursar")
                    .unpackDirectory(folder)
                    .useDeployFolder(false),
            keepRuntimeFolder(),
            configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
            when(!Soak.on()).useOptions(vmOption(Soak.QUICK_JVM)),
            systemProperty("pax.exam.service.timeout").value("120000"),
            systemProperty("org.ops4j.pax.url.mvn.localRepository").value(repository),
            editConfigurationFilePut(MAVEN, "org.ops4j.pax.url.mvn.localRepository", repository),
            systemProperty("bursar.data").value(data),
            systemProperty("soak").value(Boolean.toString(Soak.on())),
            systemProperty("bursar.scorecard").value(Scorecard.folder().toString()),
            systemProperty("bursar.docs").value(new File("../docs").getAbsolutePath()),
            environment("BURSAR_DATA=" + data),
            environment("BURSAR_PORT=" + port),
            environment("BURSAR_SSH_PORT=" + freePort()),
            environment("BURSAR_URL=http://127.0.0.1:" + port),
            environment("BURSAR_ADMIN_EMAIL=" + admin),
            environment("BURSAR_ADMIN_PASSWORD=" + password)
        };
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
