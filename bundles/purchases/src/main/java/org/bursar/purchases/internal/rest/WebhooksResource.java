package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bursar.purchases.WebhookInbox;
import org.bursar.purchases.WebhookInbox.Receipt;
import org.bursar.rest.Anonymous;
import org.jspecify.annotations.Nullable;

/** Where providers send webhooks: any content type, any accepted type. */
@Path("/webhooks")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.WILDCARD)
@Tag(name = "Gateways")
public final class WebhooksResource {
    private static final int ACCEPTED = 202;

    private final WebhookInbox inbox;

    WebhooksResource(WebhookInbox inbox) {
        this.inbox = inbox;
    }

    /** What became of it. */
    record ReceiptJson(
            @Schema(allowableValues = {"read", "kept"}) String status) {}

    @POST
    @Path("/{token}")
    @Anonymous
    @Operation(
            operationId = "receiveWebhook",
            summary = "What a provider sends: stored as it came before anybody looks at it",
            description =
                    "The address is shown with the gateway, GET /gateways/{gateway}. 200: it is genuine, now or when the same body"
                            + " came before. 202: it is kept until its gateway can read it. 400 webhook_rejected: it is not"
                            + " to be believed; it is kept for operators, and the same body may be sent again. The body has"
                            + " any content type.")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(types = "object")))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ReceiptJson.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ReceiptJson.class)))
    public Response receive(
            @PathParam("token") String token,
            byte @Nullable [] body,
            @Context HttpHeaders headers,
            @Context UriInfo address) {
        String query = address.getRequestUri().getRawQuery();
        Receipt receipt =
                inbox.receive(token, body == null ? new byte[0] : body, named(headers), query == null ? "" : query);
        return Response.status(receipt == Receipt.READ ? Response.Status.OK.getStatusCode() : ACCEPTED)
                .type(MediaType.APPLICATION_JSON)
                .entity(new ReceiptJson(receipt.name().toLowerCase(Locale.ROOT)))
                .build();
    }

    private static Map<String, List<String>> named(HttpHeaders headers) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        headers.getRequestHeaders()
                .forEach(
                        (name, values) -> named.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                                .addAll(values));
        return named;
    }
}
