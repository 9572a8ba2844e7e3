package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.purchases.PurchaseDispute;
import org.bursar.purchases.PurchaseRefunds;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Disputes of all purchases. */
@Path("/disputes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Purchases")
public final class DisputesResource {
    private final PurchaseRefunds refunds;

    DisputesResource(PurchaseRefunds refunds) {
        this.refunds = refunds;
    }

    @GET
    @Requires("purchases:read")
    @Operation(
            operationId = "listDisputes",
            summary = "What payers' banks ask back, newest first; status=open are those that wait for the tenant")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DisputePage.class)))
    public Response list(
            @Parameter(description = "such as open") @QueryParam("status") @Nullable String status,
            @Context Call call) {
        return call.list(refunds.disputes(
                        call.scope(),
                        Optional.empty(),
                        Optional.ofNullable(status).map(DisputesResource::status),
                        call.page())
                .map(DisputeJson::of));
    }

    private static PurchaseDispute.Status status(String text) {
        for (PurchaseDispute.Status status : PurchaseDispute.Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
                return status;
            }
        }
        throw new ProblemException(Problems.invalid(
                "/status", FieldProblems.UNKNOWN_VALUE, "inquiry, open, won, lost, closed or unknown"));
    }
}
