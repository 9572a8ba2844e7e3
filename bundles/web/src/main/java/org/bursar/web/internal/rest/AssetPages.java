package org.bursar.web.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.bursar.rest.Anonymous;
import org.bursar.tenancy.Logo;
import org.bursar.web.internal.Assets;
import org.bursar.web.internal.BrandCss;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** Files that browsers keep for ever, since another version has another address. */
@Path("/")
@On(On.Side.BOTH)
public final class AssetPages {
    /** Of a file that somebody uploaded: stricter than a page's. */
    static final String FILE_POLICY = "default-src 'none'; sandbox";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Site site;

    AssetPages(Site site) {
        this.site = site;
    }

    @GET
    @Path("/assets/{hash}/{name}")
    @Anonymous
    public Response file(
            @Context HttpServletRequest request, @PathParam("hash") String hash, @PathParam("name") String name) {
        Assets.Asset asset = site.assets().get(hash, name).orElseThrow(NotFoundException::new);
        String accepted = request.getHeader("Accept-Encoding");
        boolean gzip = accepted != null && accepted.contains("gzip") && !name.endsWith(".woff2");
        Response.ResponseBuilder answer = Response.ok(gzip ? asset.gzip() : asset.plain(), asset.type())
                .header("Cache-Control", FOR_EVER)
                .header("Vary", "Accept-Encoding");
        return gzip ? answer.header("Content-Encoding", "gzip").build() : answer.build();
    }

    /** A tenant's colours, on its own host alone. */
    @GET
    @Path("/brand/{tenant}/{version}.css")
    @Anonymous
    @On(On.Side.PORTAL)
    public Response brand(
            @Context HttpServletRequest request,
            @PathParam("tenant") String tenant,
            @PathParam("version") String version) {
        Visit visit = Visit.of(site, request);
        if (!visit.host().map(Object::toString).orElse("").equals(tenant)) {
            throw new NotFoundException();
        }
        String css = visit.host()
                .flatMap(site::brand)
                .filter(brand -> String.valueOf(brand.version()).equals(version))
                .flatMap(brand -> brand.colour())
                .map(BrandCss::of)
                .orElseThrow(NotFoundException::new);
        return Response.ok(css, "text/css; charset=utf-8")
                .header("Cache-Control", FOR_EVER)
                .build();
    }

    /** A tenant's logo as a file that can do nothing but be looked at, on its own host and for those who work in it. */
    @GET
    @Path("/brand/{tenant}/logo/{file}")
    @Anonymous
    public Response logo(
            @Context HttpServletRequest request, @PathParam("tenant") String tenant, @PathParam("file") String file) {
        Logo logo = Visit.of(site, request)
                .tenant()
                .filter(id -> id.toString().equals(tenant))
                .flatMap(site::logo)
                .filter(present -> present.fileName().equals(file))
                .orElseThrow(NotFoundException::new);
        return Response.ok(logo.content(), logo.mediaType())
                .header("Cache-Control", FOR_EVER)
                .header("Content-Security-Policy", FILE_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** A square of the brand's colour with its first letter, on either host. */
    @GET
    @Path("/brand/icon.svg")
    @Anonymous
    public Response icon(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        String name =
                visit.host().flatMap(site::brand).map(brand -> brand.name()).orElse("B");
        String colour = visit.host()
                .flatMap(site::brand)
                .flatMap(brand -> brand.colour())
                .orElse("#2f54d8");
        return Response.ok(
                        site.render("tag/favicon", java.util.Map.of("name", name, "colour", colour)), "image/svg+xml")
                .header("Cache-Control", "public, max-age=3600")
                .build();
    }
}
