package org.bursar.itests;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Makes jars of gateways as a third party would, with javac and the SPI that the distribution ships. */
final class GatewayMaker {
    private final String classPath;
    private final Path work;

    GatewayMaker(Platform platform, Path work) throws IOException {
        this.work = Files.createDirectories(work);
        Path spi;
        try (Stream<Path> jars = Files.walk(platform.home()
                .resolve("system")
                .resolve("org")
                .resolve("bursar")
                .resolve("payments-spi"))) {
            spi = jars.filter(path -> path.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
        classPath = spi + System.getProperty("path.separator") + System.getProperty("java.class.path");
    }

    /** A gateway that does as it should. */
    Made good(String id, String version) throws IOException {
        return made(id, version, source(id, version, ""), Map.of());
    }

    /** One that is good but for the lines that are put where the word in the key stands in {@link #source}. */
    Made wicked(String id, String place, String lines) throws IOException {
        String marker = "/*" + place + "*/";
        String source = source(id, "1.0.0", "");
        assertTrue(place, source.contains(marker));
        return made(id, "1.0.0", source.replace(marker, lines), Map.of());
    }

    /** One with other headers; an empty value takes one away. */
    Made withHeaders(String id, Map<String, String> headers) throws IOException {
        return made(id, "1.0.0", source(id, "1.0.0", ""), headers);
    }

    /** A jar that lies in no folder yet. */
    record Made(String id, String version, Path file) {
        String digest() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private Made made(String id, String version, String source, Map<String, String> headers) throws IOException {
        Path classes = Files.createTempDirectory(work, "classes");
        compile(source, classes);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Bundle-ManifestVersion", "2");
        all.put("Bundle-SymbolicName", "example." + id);
        all.put("Bundle-Version", version);
        all.put("Bundle-Activator", "example.fake.Fake");
        all.put(
                "Import-Package",
                "org.bursar.payments.spi;version=\"[1.0,2)\",org.osgi.framework;version=\"[1.8,2)\",javax.crypto,javax.crypto.spec,"
                        + "com.example.nice;resolution:=optional");
        all.putAll(headers);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                manifest.getMainAttributes().putValue(name, value);
            }
        });
        Path jar = Files.createTempDirectory(work, "jar").resolve(id + "-" + version + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path path : compiled.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, out);
            }
        }
        return new Made(id, version, jar);
    }

    private void compile(String source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(classes.toFile()));
            List<String> said = new ArrayList<>();
            JavaFileObject unit =
                    new SimpleJavaFileObject(URI.create("string:///Fake.java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return source;
                        }
                    };
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            diagnostic -> said.add(diagnostic.toString()),
                            List.of("-proc:none", "--release", "17", "-classpath", classPath),
                            null,
                            List.of(unit))
                    .call();
            assertTrue(said.toString(), compiled);
        }
    }

    /** The JDK and the SPI, and no thread of its own. */
    private static String source(String id, String version, String members) {
        return """
                package example.fake;

                import java.io.*;
                import java.net.*;
                import java.nio.charset.StandardCharsets;
                import java.security.*;
                import java.time.*;
                import java.util.*;
                import javax.crypto.Mac;
                import javax.crypto.spec.SecretKeySpec;
                import org.bursar.payments.spi.*;
                import org.osgi.framework.*;

                public final class Fake implements PaymentGateway, BundleActivator {
                    /** As many as there are class loaders of this class. */
                    static final class Mark {}

                    static final Mark MARK = new Mark();
                    static final List<GatewayContext> KEPT = Collections.synchronizedList(new ArrayList<>());

                    public void start(BundleContext context) throws Exception {
                        /*start*/
                        Hashtable<String, Object> properties = new Hashtable<>();
                        properties.put(PaymentGateway.ID_PROPERTY, "$ID");
                        context.registerService(PaymentGateway.class, this, properties);
                        /*started*/
                    }

                    public void stop(BundleContext context) throws Exception {
                        /*stop*/
                    }

                    public GatewayDescriptor descriptor() {
                        /*descriptor*/
                        return GatewayDescriptor.builder("$ID", "Fake $VERSION")
                                .features(GatewayDescriptor.Feature.ONE_OFF)
                                .settings(SettingsSchema.builder(1)
                                        .field(SettingsSchema.Field.of("base", SettingsSchema.Kind.TEXT, "Address").asRequired())
                                        .field(SettingsSchema.Field.of("key", SettingsSchema.Kind.SECRET, "Key").asRequired())
                                        .field(SettingsSchema.Field.of("signing", SettingsSchema.Kind.SECRET, "Signing secret"))
                                        .build())
                                .build();
                    }

                    public CheckoutStart startCheckout(GatewayContext c, CheckoutRequest r) throws GatewayException {
                        /*call*/
                        String id = ask(c, "", "key=" + r.key().value() + "&purchase=" + r.purchaseId() + "&currency="
                                + r.amount().currency() + "&minor=" + r.amount().minor());
                        return CheckoutStart.redirect(PaymentRef.of("payment", id),
                                URI.create("http://127.0.0.1/pay/" + id), c.clock().instant().plus(Duration.ofHours(1)));
                    }

                    public PaymentSnapshot fetch(GatewayContext c, PaymentRef ref) throws GatewayException {
                        /*fetch*/
                        String[] found = ask(c, "/" + ref.id(), null).split(" ");
                        boolean paid = found[3].equals("paid");
                        PaymentSnapshot shown = PaymentSnapshot.of(ref,
                                paid ? PaymentSnapshot.Phase.CAPTURED : PaymentSnapshot.Phase.OPEN, c.mode(),
                                Optional.of(found[0]), Money.of(found[1], paid ? Long.parseLong(found[2]) : 0));
                        return found[3].equals("declined")
                                ? shown.withLastDecline(Decline.of(DeclineCode.CARD_DECLINED, "no", true)) : shown;
                    }

                    public List<PaymentRef> locate(GatewayContext c, String purchase, Instant after) throws GatewayException {
                        List<PaymentRef> found = new ArrayList<>();
                        for (String id : ask(c, "?purchase=" + purchase, null).split("\\n")) {
                            if (!id.isEmpty()) {
                                found.add(PaymentRef.of("payment", id));
                            }
                        }
                        return found;
                    }

                    public WebhookOutcome handleWebhook(GatewayContext c, WebhookRequest raw) throws WebhookRejected {
                        String sent = raw.headers().getOrDefault("$HEADER", List.of("")).get(0);
                        try {
                            Mac mac = Mac.getInstance("HmacSHA256");
                            mac.init(new SecretKeySpec(
                                    new String(c.secret("signing")).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                            String right = HexFormat.of().formatHex(mac.doFinal(raw.body()));
                            if (!MessageDigest.isEqual(right.getBytes(), sent.getBytes())) {
                                throw new WebhookRejected(WebhookRejected.Why.BAD_SIGNATURE, "it is not the provider's");
                            }
                        } catch (GeneralSecurityException e) {
                            throw new IllegalStateException(e);
                        }
                        String[] event = new String(raw.body(), StandardCharsets.UTF_8).split(" ");
                        return WebhookOutcome.of(event[0], event[1], List.of(WebhookOutcome.Hint.of(
                                PaymentRef.of("payment", event[2]), Optional.of(event[3]))));
                    }

                    public Health health(GatewayContext c) {
                        return Health.up();
                    }

                    private static String ask(GatewayContext c, String path, String body) throws GatewayException {
                        if (new String(c.secret("key")).isEmpty()) {
                            throw new GatewayException(GatewayException.Kind.BAD_CREDENTIALS, "no key");
                        }
                        try {
                            HttpURLConnection connection = (HttpURLConnection)
                                    URI.create(c.setting("base").orElseThrow() + "/payments" + path).toURL().openConnection();
                            connection.setConnectTimeout(2000);
                            connection.setReadTimeout(5000);
                            if (body != null) {
                                connection.setDoOutput(true);
                                try (OutputStream out = connection.getOutputStream()) {
                                    out.write(body.getBytes(StandardCharsets.UTF_8));
                                }
                            }
                            try (InputStream in = connection.getInputStream()) {
                                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                            }
                        } catch (ConnectException e) {
                            throw new GatewayException(GatewayException.Kind.NOT_EXECUTED, "nobody answers");
                        } catch (IOException e) {
                            throw new GatewayException(GatewayException.Kind.OUTCOME_UNKNOWN, "no answer");
                        }
                    }
                    $MEMBERS
                }
                """.replace("$ID", id)
                .replace("$VERSION", version)
                .replace("$MEMBERS", members)
                .replace("$HEADER", FakeEvents.HEADER.toLowerCase(Locale.ROOT));
    }
}
