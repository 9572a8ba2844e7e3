package org.bursar.webhooks.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.kernel.WebhookEndpointId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.bursar.webhooks.WebhookEndpoint;
import org.bursar.webhooks.Webhooks;
import org.jspecify.annotations.Nullable;

/** Addresses that are told what happens. */
@Path("/webhook-endpoints")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
public final class EndpointsResource {
    private static final String READ = "webhooks:read";
    private static final String WRITE = "webhooks:write";

    private final Webhooks webhooks;

    EndpointsResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @GET
    @Requires(READ)
    @Operation(operationId = "listWebhookEndpoints", summary = "Addresses that are told what happens, oldest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = EndpointPage.class)))
    public Response list(@Context Call call) {
        return call.list(webhooks.list(call.scope(), call.page()).map(EndpointJson::of));
    }

    @POST
    @Requires(WRITE)
    @Operation(
            operationId = "createWebhookEndpoint",
            summary = "Add an address; the answer is the only one that shows its secret",
            description =
                    "What is sent is signed by the Standard Webhooks specification. Addresses in private networks are refused,"
                            + " when they are sent and again at each connection.")
    @RequestBody(content = @Content(schema = @Schema(implementation = EndpointForm.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = EndpointJson.class)))
    public Response create(@Nullable EndpointForm form, @Context Call call) {
        EndpointForm sent = form == null ? EndpointForm.EMPTY : form;
        AtomicReference<@Nullable String> secret = new AtomicReference<>();
        return call.once(() -> kept(webhooks.create(call.scope(), sent.draft()), secret), id -> {
            WebhookEndpoint made = webhooks.get(call.scope(), WebhookEndpointId.fromString(id));
            String shown = call.replayed() ? null : secret.get();
            return call.created("/webhook-endpoints/" + id, EndpointJson.of(made, shown), made.version());
        });
    }

    private static String kept(Webhooks.Created created, AtomicReference<@Nullable String> secret) {
        secret.set(created.secret());
        return created.id().toString();
    }

    @GET
    @Path("/{endpoint}")
    @Requires(READ)
    @Operation(operationId = "getWebhookEndpoint", summary = "One address, without its secret")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = EndpointJson.class)))
    public Response get(
            @Parameter(schema = @Schema(types = "string")) @PathParam("endpoint") WebhookEndpointId id,
            @Context Call call) {
        WebhookEndpoint found = webhooks.get(call.scope(), id);
        return call.ok(EndpointJson.of(found), found.version());
    }

    @PATCH
    @Path("/{endpoint}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Requires(WRITE)
    @Operation(
            operationId = "changeWebhookEndpoint",
            summary = "Change an address; enabled true brings one back that was turned off because it failed")
    @RequestBody(content = @Content(schema = @Schema(implementation = EndpointForm.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = EndpointJson.class)))
    public Response change(
            @Parameter(schema = @Schema(types = "string")) @PathParam("endpoint") WebhookEndpointId id,
            JsonNode patch,
            @Context Call call) {
        WebhookEndpoint current = webhooks.get(call.scope(), id);
        EndpointForm wanted = call.patched(EndpointForm.of(current), patch, EndpointForm.class);
        WebhookEndpoint changed = webhooks.update(call.scope(), id, wanted.draft(), call.ifMatch());
        return call.ok(EndpointJson.of(changed), changed.version());
    }

    @DELETE
    @Path("/{endpoint}")
    @Requires(WRITE)
    @Operation(operationId = "deleteWebhookEndpoint", summary = "Remove an address, and what waits for it")
    @ApiResponse(responseCode = "204", description = "It is gone")
    public Response delete(
            @Parameter(schema = @Schema(types = "string")) @PathParam("endpoint") WebhookEndpointId id,
            @Context Call call) {
        webhooks.delete(call.scope(), id, call.ifMatch());
        return Response.noContent().build();
    }

    @POST
    @Path("/{endpoint}/rotate-secret")
    @Requires(WRITE)
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Give an address another secret, shown once; the one before signs too for a day")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = EndpointJson.class)))
    public Response rotate(
            @Parameter(schema = @Schema(types = "string")) @PathParam("endpoint") WebhookEndpointId id,
            @Context Call call) {
        AtomicReference<@Nullable String> secret = new AtomicReference<>();
        Supplier<String> effect = () -> kept(webhooks.rotate(call.scope(), id), secret);
        return call.once(effect, done -> {
            WebhookEndpoint found = webhooks.get(call.scope(), id);
            String shown = call.replayed() ? null : secret.get();
            return call.ok(EndpointJson.of(found, shown), found.version());
        });
    }

    @POST
    @Path("/{endpoint}/test")
    @Requires(WRITE)
    @Operation(operationId = "testWebhookEndpoint", summary = "Send an event of type webhook.test to an address")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = DeliveryJson.class)))
    public Response test(
            @Parameter(schema = @Schema(types = "string")) @PathParam("endpoint") WebhookEndpointId id,
            @Context Call call) {
        return call.once(() -> webhooks.test(call.scope(), id).toString(), delivery -> {
            WebhookDeliveryId made = WebhookDeliveryId.fromString(delivery);
            return call.created(
                    "/webhook-deliveries/" + delivery, DeliveryJson.of(webhooks.delivery(call.scope(), made)), 0);
        });
    }
}
