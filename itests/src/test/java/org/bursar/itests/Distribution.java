package org.bursar.itests;

import static org.ops4j.pax.exam.CoreOptions.systemProperty;
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
    private Distribution() {}

    static Option[] options(String admin, String password) {
        File folder = new File("target/distribution-" + System.nanoTime()).getAbsoluteFile();
        String data = new File(folder, "data").getPath();
        String http = Integer.toString(freePort());
        String address = "http://127.0.0.1:" + http;
        String repository =
                System.getProperty("bursar.repository", System.getProperty("user.home") + "/.m2/repository");
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
            systemProperty("pax.exam.service.timeout").value("120000"),
            systemProperty("org.ops4j.pax.url.mvn.localRepository").value(repository),
            systemProperty("bursar.data").value(data),
            // the test's own bundles are not in the distribution
            editConfigurationFilePut(
                    "etc/org.ops4j.pax.url.mvn.cfg", "org.ops4j.pax.url.mvn.localRepository", repository),
            editConfigurationFilePut("etc/custom.properties", "org.osgi.service.http.port", http),
            editConfigurationFilePut("etc/org.apache.karaf.shell.cfg", "sshPort", Integer.toString(freePort())),
            editConfigurationFilePut("etc/org.bursar.rest.cfg", "url", address),
            editConfigurationFilePut("etc/org.bursar.database.cfg", "data", data),
            editConfigurationFilePut("etc/org.bursar.identity.cfg", "admin.email", admin),
            editConfigurationFilePut("etc/org.bursar.identity.cfg", "admin.password", password),
            editConfigurationFilePut("etc/org.bursar.identity.cfg", "data", data),
            editConfigurationFilePut("etc/org.bursar.identity.cfg", "url", address),
            editConfigurationFilePut("etc/org.bursar.mail.cfg", "url", address),
            editConfigurationFilePut("etc/org.bursar.mail.cfg", "data", data),
            editConfigurationFilePut("etc/org.bursar.tenancy.cfg", "url", address),
            editConfigurationFilePut("etc/org.bursar.purchases.cfg", "url", address),
            editConfigurationFilePut("etc/org.bursar.purchases.cfg", "data", data)
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
