package org.bursar.database.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** Hands one bundle's migrations to Flyway, which cannot look into bundles by itself. */
record MigrationFiles(List<MigrationFile> files) implements ResourceProvider {
    @Override
    @SuppressWarnings("NullAway") // Flyway takes null for a resource that is not there
    public @Nullable LoadableResource getResource(String name) {
        return files.stream()
                .filter(file -> file.getRelativePath().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return files.stream()
                .filter(file -> file.getFilename().startsWith(prefix))
                .filter(file -> Arrays.stream(suffixes).anyMatch(file.getFilename()::endsWith))
                .map(LoadableResource.class::cast)
                .toList();
    }
}
