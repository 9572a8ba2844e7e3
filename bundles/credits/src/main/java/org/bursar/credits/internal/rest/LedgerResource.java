package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.bursar.credits.LedgerSeals;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;

/** The tenant's ledger as a whole. */
@Path("/ledger")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger", description = "Seals over all wallets, for whoever wants to check that nothing was changed")
public final class LedgerResource {
    private static final String NDJSON = "application/x-ndjson";

    /** A seal never changes, so its ETag never does. */
    private static final long ONLY_VERSION = 1;

    private final LedgerSeals seals;

    LedgerResource(LedgerSeals seals) {
        this.seals = seals;
    }

    @GET
    @Path("/seals")
    @Requires("wallets:read")
    @Operation(operationId = "listSeals", summary = "Seals over the ledger, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "Found",
            content = @Content(schema = @Schema(implementation = SealList.class)))
    public Response list(@Context Call call) {
        return call.list(seals.list(call.scope(), call.page()).map(SealJson::of));
    }

    @GET
    @Path("/seals/{number}")
    @Requires("wallets:read")
    @Operation(operationId = "getSeal", summary = "One seal")
    @ApiResponse(
            responseCode = "200",
            description = "Found",
            content = @Content(schema = @Schema(implementation = SealJson.class)))
    public Response get(@Context Call call, @PathParam("number") long number) {
        return call.ok(SealJson.of(seals.get(call.scope(), number)), ONLY_VERSION);
    }

    @GET
    @Path("/export")
    @Produces({NDJSON, MediaType.APPLICATION_JSON})
    @Requires("wallets:read")
    @Operation(
            operationId = "exportLedger",
            summary = "Everything that is sealed, as NDJSON for the offline verifier",
            description =
                    "A line each for the ledger, its public keys, then every seal followed by its entries, and an end.")
    @ApiResponse(
            responseCode = "200",
            description = "The ledger",
            content = @Content(mediaType = NDJSON, schema = @Schema(type = "string")))
    public Response export(@Context Call call) {
        Iterator<List<String>> chunks = seals.export(call.scope());
        StreamingOutput lines = out -> {
            while (chunks.hasNext()) {
                for (String line : chunks.next()) {
                    out.write(line.getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                }
            }
        };
        return Response.ok(lines, NDJSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"ledger.ndjson\"")
                .build();
    }
}
