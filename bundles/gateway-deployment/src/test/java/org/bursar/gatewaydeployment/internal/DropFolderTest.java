package org.bursar.gatewaydeployment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

/** The folder, the platform's copies and what is read of a jar, on a real disk. */
class DropFolderTest {
    private static final String MANIFEST = """
            Manifest-Version: 1.0
            Bundle-ManifestVersion: 2
            Bundle-SymbolicName: com.example.pay
            Bundle-Version: 1.0.0
            Service-Component: OSGI-INF/pay.xml
            Import-Package: org.bursar.payments.spi;version="[1.0,2)"

            """;
    private static final String COMPONENT = """
            <scr:component><property name="bursar.gateway.id" type="String" value="pay"/></scr:component>""";

    private final Path folder = TestDatabase.folder("gateways");
    private long nanos = 1;
    private Kept kept;
    private DropFolder drops;

    @BeforeEach
    void open() throws IOException {
        kept = new Kept(folder.resolve(".kept"));
        JarReader reader = new JarReader(new JarRules(Version.parseVersion("1.0.0"), name -> false));
        drops = new DropFolder(folder, kept, reader, () -> nanos);
    }

    private Path jar(String name, Map<String, String> entries) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private Path good(String name) throws IOException {
        return jar(name, Map.of("META-INF/MANIFEST.MF", MANIFEST, "OSGI-INF/pay.xml", COMPONENT));
    }

    private List<GatewayJar> looked() throws IOException {
        drops.look();
        drops.look();
        return List.copyOf(drops.jars());
    }

    @Test
    void aFileIsReadWhenItHasStayedTheSame() throws IOException {
        Path file = good("pay.jar");
        drops.look();
        assertThat(drops.jars()).isEmpty();
        drops.look();
        GatewayJar jar = drops.jars().iterator().next();
        assertThat(jar.fault()).isNull();
        assertThat(jar.id()).isEqualTo("pay");
        assertThat(jar.symbolicName()).isEqualTo("com.example.pay");
        assertThat(jar.apiRange()).isEqualTo("[1.0,2)");
        assertThat(jar.signer()).isNull();
        assertThat(kept.bytes(jar.digest())).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void aFileThatGrowsIsNotReadUntilItStops() throws IOException {
        byte[] whole = Files.readAllBytes(good("source.zip"));
        Path growing = folder.resolve("pay.jar");
        Files.write(growing, new byte[0]);
        for (byte one : java.util.Arrays.copyOf(whole, 20)) {
            drops.look();
            Files.write(growing, new byte[] {one}, StandardOpenOption.APPEND);
        }
        assertThat(drops.jars()).isEmpty();
        assertThat(looked())
                .singleElement()
                .satisfies(jar -> assertThat(jar.fault()).contains("is it whole"));
        Files.write(growing, java.util.Arrays.copyOfRange(whole, 20, whole.length), StandardOpenOption.APPEND);
        assertThat(looked())
                .singleElement()
                .satisfies(jar -> assertThat(jar.fault()).isNull());
    }

    @Test
    void aFileIsGoneAfterAMomentAndNotBefore() throws IOException {
        Path file = good("pay.jar");
        assertThat(looked()).hasSize(1);
        Files.delete(file);
        assertThat(looked()).hasSize(1);
        assertThat(drops.standsFor("pay.jar", "com.example.pay")).isTrue();
        assertThat(drops.standsFor("pay.jar", "com.example.other")).isFalse();
        nanos += TimeUnit.SECONDS.toNanos(3);
        assertThat(looked()).isEmpty();
        assertThat(drops.standsFor("pay.jar", "com.example.pay")).isFalse();
    }

    @Test
    void whatIsNoFileOrHiddenOrNoJarIsNotLookedAt() throws IOException {
        Files.createDirectory(folder.resolve("folder.jar"));
        good(".hidden.jar");
        good("pay.zip");
        Files.createSymbolicLink(folder.resolve("device.jar"), Path.of("/dev/zero"));
        Files.createSymbolicLink(folder.resolve("nowhere.jar"), folder.resolve("nothing"));
        assertThat(looked()).isEmpty();
    }

    @Test
    void aBombIsRefusedByABound() throws IOException {
        jar("manifest.jar", Map.of("META-INF/MANIFEST.MF", MANIFEST + "x".repeat(2 << 20)));
        jar("two.jar", Map.of("META-INF/MANIFEST.MF", MANIFEST, "meta-inf/manifest.mf", MANIFEST));
        jar("none.jar", Map.of("a", "b"));
        assertThat(looked()).hasSize(3).allSatisfy(jar -> {
            assertThat(jar.fault()).isNotNull();
            assertThat(jar.digest()).hasSize(64);
        });
    }

    @Test
    void whoSignedIsReadAndAChangeAfterwardsIsSeen() throws Exception {
        Path file = good("pay.jar");
        Path keys = folder.resolve("keys.p12");
        run(
                "keytool",
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-storepass",
                "secret1",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=Example Pay,O=Example");
        run("jarsigner", "-keystore", keys.toString(), "-storepass", "secret1", file.toString(), "a");
        GatewayJar signed = looked().get(0);
        assertThat(signed.fault()).isNull();
        assertThat(signed.signer()).isEqualTo("CN=Example Pay,O=Example");

        run("jar", "--update", "--file", file.toString(), "-C", folder.toString(), "keys.p12");
        assertThat(looked().get(0).fault()).isEqualTo("it is signed in part only");
        Files.writeString(Files.createDirectories(folder.resolve("OSGI-INF")).resolve("pay.xml"), "changed");
        run("jar", "--update", "--file", file.toString(), "-C", folder.toString(), "OSGI-INF/pay.xml");
        assertThat(looked().get(0).fault()).isEqualTo("its signature does not fit what is in it");
    }

    private static void run(String... command) throws Exception {
        command[0] = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void aCopyThatWasChangedIsNotRun() throws IOException {
        good("pay.jar");
        String digest = looked().get(0).digest();
        Files.write(kept.jar(digest), new byte[] {0}, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> kept.bytes(digest)).isInstanceOf(IOException.class);
    }

    @Test
    void aMarkOutlivesTheOneWhoMadeIt() throws IOException {
        good("pay.jar");
        String digest = looked().get(0).digest();
        kept.beginStart(digest);
        kept.remember(digest, "pay.jar");
        Kept later = new Kept(folder.resolve(".kept"));
        assertThat(later.starting()).containsExactly(digest);
        assertThat(later.remembered()).isEqualTo(Map.of(digest, "pay.jar"));
        later.endStart(digest);
        later.keepOnly(java.util.Set.of());
        assertThat(later.starting()).isEmpty();
        assertThat(later.remembered()).isEmpty();
    }
}
