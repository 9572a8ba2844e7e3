package org.bursar.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** A bundle of somebody else's that adds a page, a slot, a tab of a customer and an item of the navigation to the console. */
final class PartBundle {
    private static final String SPI = "org.bursar.web.spi.";

    private PartBundle() {}

    static Bundle install(BundleContext context) throws IOException, BundleException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "example.loyalty");
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Import-Package", "org.bursar.web.spi;version=\"[1.0,2)\"");
        headers.putValue(
                "Service-Component", "OSGI-INF/item.xml,OSGI-INF/points.xml,OSGI-INF/corner.xml,OSGI-INF/tab.xml");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            component(
                    jar,
                    "item",
                    "Item",
                    "NavigationItem",
                    List.of(
                            "label=loyalty.item",
                            "href=/x/loyalty/points",
                            "permission=customers:read",
                            "icon=gift",
                            "group=money"));
            component(
                    jar,
                    "points",
                    "Points",
                    "Page",
                    List.of("path=/x/loyalty/points", "title=loyalty.title", "permission=customers:read"));
            component(
                    jar, "corner", "Corner", "Slot", List.of("slot=customer.billing.after", "permission=wallets:read"));
            component(
                    jar,
                    "tab",
                    "Tab",
                    "Slot",
                    List.of("slot=customer.tab", "tab=points", "title=loyalty.tab", "permission=wallets:read"));
            put(jar, "META-INF/bursar/en.properties", """
                    loyalty.item=Loyalty & more
                    loyalty.title=Loyalty points
                    loyalty.tab=<Points>
                    loyalty.points=Points of {0}
                    """.getBytes(StandardCharsets.UTF_8));
        }
        return context.installBundle("part:loyalty", new ByteArrayInputStream(bytes.toByteArray()));
    }

    private static void component(
            JarOutputStream jar, String file, String type, String service, List<String> properties) throws IOException {
        String name = "org.bursar.itests.Loyalty$" + type;
        StringBuilder xml =
                new StringBuilder("<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\" name=\"" + name
                        + "\"><implementation class=\"" + name + "\"/>");
        for (String property : properties) {
            int equals = property.indexOf('=');
            xml.append("<property name=\"bursar.web.")
                    .append(property, 0, equals)
                    .append("\" value=\"")
                    .append(property.substring(equals + 1))
                    .append("\"/>");
        }
        xml.append("<service><provide interface=\"" + SPI + service + "\"/></service></scr:component>");
        put(jar, "OSGI-INF/" + file + ".xml", xml.toString().getBytes(StandardCharsets.UTF_8));
        String classFile = name.replace('.', '/') + ".class";
        try (InputStream code = PartBundle.class.getResourceAsStream("/" + classFile)) {
            put(jar, classFile, code.readAllBytes());
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }
}
