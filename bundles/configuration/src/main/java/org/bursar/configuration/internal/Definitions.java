package org.bursar.configuration.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.bursar.kernel.Setting;
import org.osgi.framework.Bundle;

/** Reads what a bundle declares of its configuration, from the metatype XML that the build has made of its annotations. */
final class Definitions {
    static final String FOLDER = "OSGI-INF/metatype";

    private Definitions() {}

    /** The keys of each PID that the bundle declares. It need not be resolved for that. */
    static Map<String, List<Definition>> of(Bundle bundle) throws IOException, XMLStreamException {
        Map<String, List<Definition>> declared = new TreeMap<>();
        var paths = bundle.getEntryPaths(FOLDER);
        while (paths != null && paths.hasMoreElements()) {
            String path = paths.nextElement();
            URL entry = path.endsWith(".xml") ? bundle.getEntry(path) : null;
            if (entry != null) {
                try (InputStream in = entry.openStream()) {
                    declared.putAll(parse(in));
                }
            }
        }
        return declared;
    }

    static Map<String, List<Definition>> parse(InputStream xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader reader = factory.createXMLStreamReader(xml);
        Map<String, List<Definition>> classes = new HashMap<>();
        Map<String, String> pids = new HashMap<>();
        List<Definition> keys = new ArrayList<>();
        String pid = "";
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamReader.START_ELEMENT) {
                continue;
            }
            switch (reader.getLocalName()) {
                case "OCD" -> {
                    keys = new ArrayList<>();
                    classes.put(attribute(reader, "id"), keys);
                }
                case "AD" -> keys.add(definition(reader));
                case "Option" -> keys.set(keys.size() - 1, with(keys.get(keys.size() - 1), attribute(reader, "value")));
                case "Designate" -> pid = attribute(reader, "pid");
                case "Object" -> pids.put(pid, attribute(reader, "ocdref"));
                default -> {}
            }
        }
        Map<String, List<Definition>> declared = new TreeMap<>();
        pids.forEach((name, reference) -> declared.put(name, classes.getOrDefault(reference, List.of())));
        return declared;
    }

    private static Definition definition(XMLStreamReader reader) {
        String kind = reader.getAttributeValue(Setting.NAMESPACE, "kind");
        String cardinality = attribute(reader, "cardinality");
        return new Definition(
                attribute(reader, "id"),
                attribute(reader, "type"),
                !cardinality.isEmpty() && !cardinality.equals("0"),
                reader.getAttributeValue(null, "min"),
                reader.getAttributeValue(null, "max"),
                attribute(reader, "default"),
                List.of(),
                kind == null ? Setting.Kind.TEXT : Setting.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                "true".equals(reader.getAttributeValue(Setting.NAMESPACE, "needed")));
    }

    private static Definition with(Definition definition, String option) {
        List<String> options = new ArrayList<>(definition.options());
        options.add(option);
        return new Definition(
                definition.key(),
                definition.type(),
                definition.list(),
                definition.least(),
                definition.most(),
                definition.usual(),
                options,
                definition.kind(),
                definition.needed());
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
