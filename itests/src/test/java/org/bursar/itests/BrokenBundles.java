package org.bursar.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Bundles that do what a bundle must not, made while the test runs. */
final class BrokenBundles {
    private BrokenBundles() {}

    /** A component whose constructor throws. */
    public static final class Throwing implements Runnable {
        public Throwing() {
            throw new IllegalStateException("broken on purpose");
        }

        @Override
        public void run() {
            // never there
        }
    }

    /** A component whose construction does not end. */
    public static final class Hanging implements Runnable {
        public Hanging() {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            // never there
        }
    }

    /** Installs a bundle with one component, which starts with it. */
    static Bundle install(BundleContext context, String name, Class<? extends Runnable> component)
            throws IOException, BundleException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Service-Component", "OSGI-INF/broken.xml");
        String classFile = component.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(jar, manifest);
                InputStream code = component.getResourceAsStream("/" + classFile)) {
            out.putNextEntry(new ZipEntry("OSGI-INF/broken.xml"));
            out.write("""
                    <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s" immediate="true">
                      <implementation class="%s"/>
                      <service><provide interface="java.lang.Runnable"/></service>
                    </scr:component>""".formatted(name, component.getName()).getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry(classFile));
            code.transferTo(out);
        }
        return context.installBundle("broken:" + name, new ByteArrayInputStream(jar.toByteArray()));
    }
}
