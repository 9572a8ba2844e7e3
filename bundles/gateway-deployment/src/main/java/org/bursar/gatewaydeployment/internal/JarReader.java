package org.bursar.gatewaydeployment.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bursar.payments.spi.PaymentGateway;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Reads what a jar says of itself. Nothing in it is run, and nothing is read without a bound. */
final class JarReader {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final int LONGEST_MANIFEST = 1 << 20;
    private static final int LONGEST_COMPONENT = 1 << 18;
    private static final int MOST_COMPONENTS = 20;
    private static final int MOST_ENTRIES = 50_000;
    private static final Pattern ID = Pattern.compile("<property\\b[^>]*\\bname=\""
            + Pattern.quote(PaymentGateway.ID_PROPERTY) + "\"[^>]*\\bvalue=\"([a-z][a-z0-9-]{1,59})\"");

    private final JarRules rules;

    JarReader(JarRules rules) {
        this.rules = rules;
    }

    /**
     * Reads a copy that nobody else writes to.
     *
     * @param file the name that the jar has in the folder
     */
    GatewayJar read(String file, String digest, Path copy) {
        try (ZipFile zip = new ZipFile(copy.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                return GatewayJar.unusable(file, digest, "it has more than " + MOST_ENTRIES + " entries");
            }
            long manifests = zip.stream()
                    .filter(entry -> entry.getName().toUpperCase(Locale.ROOT).equals(MANIFEST))
                    .count();
            ZipEntry manifest = zip.getEntry(MANIFEST);
            if (manifests != 1 || manifest == null) {
                return GatewayJar.unusable(file, digest, "it has " + manifests + " manifests, not one");
            }
            byte[] text = bounded(zip, manifest, LONGEST_MANIFEST);
            if (text.length > LONGEST_MANIFEST) {
                return GatewayJar.unusable(file, digest, "its manifest is larger than " + LONGEST_MANIFEST + " bytes");
            }
            return described(file, digest, headers(text), zip, copy);
        } catch (IOException | IllegalArgumentException e) {
            return GatewayJar.unusable(file, digest, "it cannot be read as a jar; is it whole?");
        }
    }

    private GatewayJar described(String file, String digest, Map<String, String> headers, ZipFile zip, Path copy)
            throws IOException {
        String name = symbolicName(headers);
        Optional<String> fault = rules.fault(headers);
        String signer = null;
        try {
            signer = Signature.of(copy);
        } catch (Signature.Unfit e) {
            fault = Optional.of(String.valueOf(e.getMessage()));
        }
        return new GatewayJar(
                file,
                digest,
                id(headers, zip).orElse(name.isEmpty() ? file : name),
                name,
                headers.getOrDefault(Constants.BUNDLE_VERSION, Version.emptyVersion.toString()),
                JarRules.apiRange(headers).orElse(""),
                signer,
                fault.orElse(null));
    }

    private static byte[] bounded(ZipFile zip, ZipEntry entry, int longest) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(longest + 1);
        }
    }

    private static Map<String, String> headers(byte[] manifest) throws IOException {
        Map<String, String> headers = new HashMap<>();
        new Manifest(new ByteArrayInputStream(manifest))
                .getMainAttributes()
                .forEach((name, value) -> headers.put(name.toString(), value.toString()));
        return headers;
    }

    private static String symbolicName(Map<String, String> headers) {
        List<Clause> names = Clause.parse(headers.get(Constants.BUNDLE_SYMBOLICNAME));
        return names.isEmpty() || names.get(0).names().isEmpty()
                ? ""
                : names.get(0).names().get(0);
    }

    /** From the descriptions of its components; a gateway that registers itself tells its id when it runs. */
    private static Optional<String> id(Map<String, String> headers, ZipFile zip) throws IOException {
        List<String> components = Clause.parse(headers.get("Service-Component")).stream()
                .flatMap(clause -> clause.names().stream())
                .limit(MOST_COMPONENTS)
                .toList();
        for (String component : components) {
            ZipEntry entry = zip.getEntry(component);
            if (entry != null) {
                Matcher id = ID.matcher(new String(bounded(zip, entry, LONGEST_COMPONENT), StandardCharsets.UTF_8));
                if (id.find()) {
                    return Optional.ofNullable(id.group(1));
                }
            }
        }
        return Optional.empty();
    }
}
