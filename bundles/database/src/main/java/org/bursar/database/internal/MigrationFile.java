package org.bursar.database.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.resource.LoadableResource;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** One migration's name and text. */
final class MigrationFile extends LoadableResource {
    private static final String FOLDER = "db/migration";

    private final String filename;
    private final String sql;

    MigrationFile(String filename, String sql) {
        this.filename = filename;
        this.sql = sql;
    }

    /** The migrations beside a class: in its bundle, or outside OSGi in its folder or jar. */
    static List<MigrationFile> of(Class<?> type) {
        try {
            Bundle bundle = FrameworkUtil.getBundle(type);
            List<MigrationFile> files = bundle == null ? fromCodeSource(type) : fromBundle(bundle);
            files.sort(Comparator.comparing(MigrationFile::getFilename));
            return List.copyOf(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<MigrationFile> fromBundle(Bundle bundle) throws IOException {
        List<MigrationFile> files = new ArrayList<>();
        Enumeration<URL> entries = bundle.findEntries(FOLDER, "*.sql", false);
        while (entries != null && entries.hasMoreElements()) {
            URL entry = entries.nextElement();
            try (InputStream in = entry.openStream()) {
                String path = entry.getPath();
                files.add(new MigrationFile(
                        path.substring(path.lastIndexOf('/') + 1),
                        new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return files;
    }

    private static List<MigrationFile> fromCodeSource(Class<?> type) throws IOException, URISyntaxException {
        URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path root = Path.of(place);
        if (Files.isDirectory(root)) {
            return fromFolder(root.resolve(FOLDER));
        }
        try (FileSystem jar = FileSystems.newFileSystem(root)) {
            return fromFolder(jar.getPath(FOLDER));
        }
    }

    private static List<MigrationFile> fromFolder(Path folder) throws IOException {
        List<MigrationFile> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> paths = Files.list(folder)) {
                for (Path path :
                        paths.filter(p -> p.toString().endsWith(".sql")).toList()) {
                    files.add(new MigrationFile(path.getFileName().toString(), Files.readString(path)));
                }
            }
        }
        return files;
    }

    @Override
    public Reader read() {
        return new StringReader(sql);
    }

    @Override
    public String getAbsolutePath() {
        return FOLDER + '/' + filename;
    }

    @Override
    public String getAbsolutePathOnDisk() {
        return getAbsolutePath();
    }

    @Override
    public String getFilename() {
        return filename;
    }

    @Override
    public String getRelativePath() {
        return getAbsolutePath();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MigrationFile file && filename.equals(file.filename) && sql.equals(file.sql);
    }

    @Override
    public int hashCode() {
        return 31 * filename.hashCode() + sql.hashCode();
    }
}
