package org.bursar.payments.tck.specimen;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bursar.payments.spi.PaymentGateway;
import org.osgi.service.component.annotations.Component;

/** The specimen as a bundle, made by bnd as the archetype's own build makes it. */
final class SpecimenJar {
    private static final List<String> PARTS = List.of("ProviderGateway", "ProviderApi", "Signature", "Json");

    private SpecimenJar() {}

    static Path build(Path folder) {
        try {
            Path classes = Files.createDirectories(folder.resolve("classes"));
            String name = SpecimenJar.class.getPackageName().replace('.', '/');
            Path from = location(SpecimenJar.class).toPath().resolve(name);
            Path to = Files.createDirectories(classes.resolve(name));
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.filter(SpecimenJar::belongs).toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
            return packed(classes, folder.resolve("specimen.jar"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean belongs(Path file) {
        String name = file.getFileName().toString();
        return PARTS.stream().anyMatch(part -> name.equals(part + ".class") || name.startsWith(part + "$"));
    }

    private static Path packed(Path classes, Path jar) throws Exception {
        try (Builder builder = new Builder()) {
            builder.setProperty("Bundle-SymbolicName", "org.bursar.payments.tck.specimen");
            builder.setProperty("Bundle-Version", "1.0.0");
            builder.setProperty("-includeresource", classes.toString());
            builder.addClasspath(List.of(location(PaymentGateway.class), location(Component.class)));
            try (Jar built = builder.build()) {
                if (!builder.isOk()) {
                    throw new IOException("bnd says " + builder.getErrors() + builder.getWarnings());
                }
                built.write(jar.toFile());
            }
        }
        return jar;
    }

    private static File location(Class<?> of) throws Exception {
        return new File(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
