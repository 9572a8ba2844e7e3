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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.bursar.credits.LedgerSeals;
import org.bursar.kernel.CustomerId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;

/** Proofs of entries. */
@Path("/wallets/{customer}/entries/{seq}/proof")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Wallets")
public final class ProofResource {
    private final LedgerSeals seals;

    ProofResource(LedgerSeals seals) {
        this.seals = seals;
    }

    @GET
    @Requires("wallets:read")
    @Operation(
            operationId = "proveEntry",
            summary = "The proof that an entry is in the ledger as it was sealed",
            description = "Entries are sealed within a minute; until then the answer is 409 not_sealed_yet.")
    @ApiResponse(
            responseCode = "200",
            description = "Found",
            content = @Content(schema = @Schema(implementation = ProofJson.class)))
    public Response proof(@Context Call call, @PathParam("customer") CustomerId customer, @PathParam("seq") long seq) {
        return call.ok(ProofJson.of(seals.proof(call.scope(), customer, seq)));
    }
}
