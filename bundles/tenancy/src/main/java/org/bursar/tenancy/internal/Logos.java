package org.bursar.tenancy.internal;

import io.swagger.v3.oas.annotations.media.Schema;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.tenancy.Logo;
import org.bursar.tenancy.TenancyProblems;
import org.bursar.tenancy.TenantLogos;
import org.bursar.tenancy.internal.sql.LogoMapper;
import org.bursar.tenancy.internal.sql.LogoMapper.LogoRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The pictures of tenants in the database. */
@Component(service = {TenantLogos.class, Logos.class})
public final class Logos implements TenantLogos {
    private static final long BELIEVED_NANOS = 1_000_000_000L;
    private static final int MOST_KNOWN = 500;
    private static final int DIGEST_BYTES = 16;

    private final Map<TenantId, Known> known = new ConcurrentHashMap<>();
    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final LogoMapper mapper;

    @Activate
    public Logos(@Reference Database database, @Reference Audit audit, @Reference Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        mapper = database.mapper("tenancy", LogoMapper.class);
    }

    /** What is sent to set a logo. */
    @Schema(name = "LogoForm")
    public record Form(
            @Schema(
                    description =
                            "A PNG or SVG file of at most 64 KiB in Base64; of an SVG what is drawn in it is kept")
            @Nullable
            String content) {
        @Override
        public String toString() {
            return "Form[" + (content == null ? 0 : content.length()) + " characters]";
        }
    }

    private record Known(Optional<Logo> logo, long readNanos) {}

    @Override
    public Optional<Logo> of(TenantId tenant) {
        long nanos = System.nanoTime();
        Known recent = known.get(tenant);
        if (recent != null && nanos - recent.readNanos() < BELIEVED_NANOS) {
            return recent.logo();
        }
        Optional<Logo> logo = database.transact(
                Scope.of(tenant, Actor.system("logo")),
                () -> mapper.get(tenant).map(row -> new Logo(row.mediaType(), row.content(), row.digest())));
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.put(tenant, new Known(logo, nanos));
        return logo;
    }

    /**
     * The logo of the scope's tenant.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when it has none
     */
    public LogoRow get(Scope scope) {
        return database.transact(scope, () -> mapper.get(scope.tenant()).orElseThrow(Problems::notFound));
    }

    /**
     * Sets the logo of the scope's tenant.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid} at {@code /content}, {@code stale}
     */
    public void set(Scope scope, OptionalLong version, @Nullable Form form) {
        LogoFile file = checked(form == null ? null : form.content());
        String digest = digest(file.content());
        database.run(scope, () -> {
            TenantId tenant = scope.tenant();
            mapper.lock(tenant)
                    .ifPresentOrElse(there -> Versions.require(version, there), () -> Versions.require(version, 0));
            Optional<String> before = mapper.get(tenant).map(LogoRow::digest);
            mapper.set(tenant, file.mediaType(), file.content(), digest, clock.instant());
            changed(scope, before, Optional.of(digest));
        });
    }

    /** Removes the logo of the scope's tenant, if it has one. */
    public void remove(Scope scope, OptionalLong version) {
        database.run(scope, () -> {
            LogoRow before = mapper.get(scope.tenant()).orElseThrow(Problems::notFound);
            Versions.require(version, before.version());
            mapper.remove(scope.tenant());
            changed(scope, Optional.of(before.digest()), Optional.empty());
        });
    }

    private void changed(Scope scope, Optional<String> before, Optional<String> after) {
        audit.record(
                scope,
                "brand.logo",
                scope.tenant().toString(),
                Optional.empty(),
                Map.of("logo", before),
                Map.of("logo", after));
        database.afterCommit(() -> known.remove(scope.tenant()));
    }

    private static LogoFile checked(@Nullable String content) {
        Checks checks = new Checks();
        byte[] file = decoded(checks.present("/content", content));
        checks.that(file.length <= LogoFile.LARGEST, "/content", FieldProblems.TOO_LONG, "at most 64 KiB");
        checks.done();
        Optional<LogoFile> logo = LogoFile.of(file);
        checks.that(
                logo.isPresent(),
                "/content",
                TenancyProblems.INVALID_LOGO,
                "a PNG of at most 4,096 by 4,096, or an SVG without a document type, in Base64");
        checks.done();
        return logo.orElseThrow();
    }

    /** Nothing where it is no Base64, which is no picture either. */
    private static byte[] decoded(@Nullable String content) {
        try {
            return content == null ? new byte[0] : Base64.getDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String digest(byte[] content) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(whole, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
    }
}
