package org.bursar.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.tenancy.internal.Tenancy.refused;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.tenancy.Logo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LogosDbTest {
    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect></rect></svg>";

    private static Tenancy tenancy;
    private static Logos logos;

    @BeforeAll
    static void open() {
        tenancy = new Tenancy();
        logos = new Logos(tenancy.database, tenancy.audit, tenancy.clock);
    }

    @AfterAll
    static void close() {
        tenancy.close();
    }

    private static Logos.Form form(byte[] file) {
        return new Logos.Form(Base64.getEncoder().encodeToString(file));
    }

    @Test
    void aLogoIsShownAtOnceReplacedAndRemoved() {
        Scope scope = Tenancy.scope(tenancy.tenant("pictured"));
        TenantId other = tenancy.tenant("unpictured");
        assertThat(logos.of(scope.tenant())).isEmpty();

        logos.set(scope, OptionalLong.empty(), form(LogoFileTest.png()));
        Logo png = logos.of(scope.tenant()).orElseThrow();
        assertThat(png.content()).isEqualTo(LogoFileTest.png());
        assertThat(png.fileName()).matches("[0-9a-f]{32}\\.png");
        assertThat(logos.of(other)).isEmpty();

        logos.set(scope, OptionalLong.of(1), form(SVG.getBytes(StandardCharsets.UTF_8)));
        Logo svg = logos.of(scope.tenant()).orElseThrow();
        assertThat(svg.content()).asString(StandardCharsets.UTF_8).isEqualTo(SVG);
        assertThat(svg.fileName()).endsWith(".svg");
        refused("stale", () -> logos.set(scope, OptionalLong.of(1), form(LogoFileTest.png())));
        refused("stale", () -> logos.remove(scope, OptionalLong.of(1)));

        logos.remove(scope, OptionalLong.of(2));
        assertThat(logos.of(scope.tenant())).isEmpty();
        refused("not_found", () -> logos.get(scope));
        refused("not_found", () -> logos.remove(scope, OptionalLong.empty()));
        assertThat(tenancy.audit
                        .list(scope, Optional.of(scope.tenant().toString()), Optional.empty(), Page.Request.first())
                        .items())
                .filteredOn(entry -> entry.action().equals("brand.logo"))
                .hasSize(3);
    }

    @Test
    void whatIsNoPictureIsRefusedAndNothingKept() {
        Scope scope = Tenancy.scope(tenancy.tenant("unpicturable"));
        for (Logos.Form bad : new Logos.Form[] {
            new Logos.Form(null),
            new Logos.Form(""),
            new Logos.Form("no Base64!"),
            form("<html/>".getBytes(StandardCharsets.UTF_8)),
            form(new byte[LogoFile.LARGEST + 1])
        }) {
            refused("invalid", () -> logos.set(scope, OptionalLong.empty(), bad));
        }
        refused("invalid", () -> logos.set(scope, OptionalLong.empty(), null));
        refused("stale", () -> logos.set(scope, OptionalLong.of(1), form(LogoFileTest.png())));
        assertThat(logos.of(scope.tenant())).isEmpty();
    }
}
