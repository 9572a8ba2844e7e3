package org.bursar.webhooks.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.kernel.WebhookEndpointId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.bursar.webhooks.DeliveryStatus;
import org.bursar.webhooks.Webhooks;
import org.jspecify.annotations.Nullable;

/** What was sent, and what is to be. */
@Path("/webhook-deliveries")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
public final class DeliveriesResource {
    private final Webhooks webhooks;

    DeliveriesResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @GET
    @Requires("webhooks:read")
    @Operation(operationId = "listWebhookDeliveries", summary = "What was sent and what waits, newest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DeliveryPage.class)))
    public Response list(
            @Parameter(schema = @Schema(types = "string")) @QueryParam("endpoint") @Nullable WebhookEndpointId endpoint,
            @Parameter(description = "queued, sent or failed") @QueryParam("status") @Nullable String status,
            @Context Call call) {
        return call.list(webhooks.deliveries(
                        call.scope(),
                        Optional.ofNullable(endpoint),
                        Optional.ofNullable(status).map(DeliveriesResource::status),
                        call.page())
                .map(DeliveryJson::of));
    }

    private static DeliveryStatus status(String text) {
        for (DeliveryStatus status : DeliveryStatus.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
                return status;
            }
        }
        throw new ProblemException(Problems.invalid("/status", FieldProblems.UNKNOWN_VALUE, "queued, sent or failed"));
    }

    @GET
    @Path("/{delivery}")
    @Requires("webhooks:read")
    @Operation(operationId = "getWebhookDelivery", summary = "One delivery, with what is sent")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DeliveryJson.class)))
    public Response get(
            @Parameter(schema = @Schema(types = "string")) @PathParam("delivery") WebhookDeliveryId id,
            @Context Call call) {
        return call.ok(DeliveryJson.of(webhooks.delivery(call.scope(), id), webhooks.payload(call.scope(), id)));
    }

    @POST
    @Path("/{delivery}/replay")
    @Requires("webhooks:write")
    @Operation(
            operationId = "replayWebhookDelivery",
            summary = "Send a delivery again, at once; receivers know its webhook-id")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DeliveryJson.class)))
    public Response replay(
            @Parameter(schema = @Schema(types = "string")) @PathParam("delivery") WebhookDeliveryId id,
            @Context Call call) {
        return call.once(
                () -> webhooks.replay(call.scope(), id).id().toString(),
                done -> call.ok(DeliveryJson.of(webhooks.delivery(call.scope(), id))));
    }
}
