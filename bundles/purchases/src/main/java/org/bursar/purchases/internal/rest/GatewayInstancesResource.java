package org.bursar.purchases.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.purchases.GatewayHealth;
import org.bursar.purchases.GatewayInstances;
import org.bursar.purchases.GatewaySettingsView;
import org.bursar.purchases.Gateways;
import org.bursar.purchases.HealthDay;
import org.bursar.purchases.WaitingWebhooks;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** A tenant's own side of a gateway. */
@Path("/gateways")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Gateways")
public final class GatewayInstancesResource {
    private final Gateways gateways;
    private final GatewayInstances instances;

    GatewayInstancesResource(Gateways gateways, GatewayInstances instances) {
        this.gateways = gateways;
        this.instances = instances;
    }

    /**
     * How the provider is.
     *
     * @param since since when the code is what it is
     * @param checkedAt when it was asked last
     * @param webhooksWaiting how many webhooks wait to be read
     * @param oldestWaiting when the first of them came; null: none waits
     */
    record HealthJson(
            GatewayHealth.Code code,
            String message,
            Instant since,
            Instant checkedAt,
            long webhooksWaiting,
            @Nullable Instant oldestWaiting) {
        static HealthJson of(GatewayHealth value, WaitingWebhooks waiting) {
            return new HealthJson(
                    value.code(), value.message(), value.since(), value.checkedAt(), waiting.count(), waiting.oldest());
        }
    }

    @GET
    @Path("/{gateway}/health")
    @Requires("gateways:read")
    @Operation(
            operationId = "getGatewayHealth",
            summary = "How the tenant's provider is: asked now, or what it answered within the last half minute")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HealthJson.class)))
    public Response health(@PathParam("gateway") String id, @Context Call call) {
        GatewayHealth health = instances.health(call.scope(), id);
        return call.ok(HealthJson.of(health, instances.waiting(call.scope(), id)));
    }

    /**
     * How the provider was on the last days.
     *
     * @param checks how often it was asked on all of them
     * @param well how often all was well
     * @param days those on which it was asked, the oldest first
     */
    record HealthDaysJson(int checks, int well, List<DayJson> days) {
        record DayJson(LocalDate day, int checks, int well) {}

        static HealthDaysJson of(List<HealthDay> days) {
            return new HealthDaysJson(
                    days.stream().mapToInt(HealthDay::checks).sum(),
                    days.stream().mapToInt(HealthDay::well).sum(),
                    days.stream()
                            .map(day -> new DayJson(day.day(), day.checks(), day.well()))
                            .toList());
        }
    }

    @GET
    @Path("/{gateway}/health/days")
    @Requires("gateways:read")
    @Operation(
            operationId = "getGatewayHealthDays",
            summary =
                    "How the tenant's provider was on the last 28 days, as often as it was asked; it is not asked for this")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = HealthDaysJson.class)))
    public Response healthDays(@PathParam("gateway") String id, @Context Call call) {
        return call.ok(HealthDaysJson.of(instances.days(call.scope(), id)));
    }

    /**
     * The platform's own settings for a gateway.
     *
     * @param settings as those of a tenant
     * @param webhook where the provider sends the webhooks of all accounts
     */
    record PlatformSettingsJson(
            @Schema(types = "object") Map<String, @Nullable Object> settings,
            @Nullable WebhookJson webhook) {}

    private Response shown(Scope platform, GatewaySettingsView view, Call call) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(view.values());
        fields.putAll(view.secrets());
        WebhookJson webhook =
                instances.webhook(platform, view.gateway()).map(WebhookJson::of).orElse(null);
        return call.ok(new PlatformSettingsJson(fields, webhook), view.revision());
    }

    @GET
    @Path("/{gateway}/platform-settings")
    @Requires(value = "gateways:read", level = Requires.Level.PLATFORM)
    @Operation(
            operationId = "getPlatformGatewaySettings",
            summary = "The platform's own settings for a gateway whose webhooks for all tenants come to one address")
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = PlatformSettingsJson.class)))
    public Response platformSettings(@PathParam("gateway") String id, @Context Call call) {
        Scope platform = Scope.platform(call.caller().actor());
        return shown(platform, gateways.settings(platform, id), call);
    }

    @PUT
    @Path("/{gateway}/platform-settings")
    @Requires(value = "gateways:write", level = Requires.Level.PLATFORM)
    @Operation(
            operationId = "putPlatformGatewaySettings",
            summary = "Replace the platform's own settings for a gateway",
            description =
                    "As PUT /gateways/{gateway}/settings. Only gateways with one webhook address for all tenants use them.")
    @RequestBody(content = @Content(schema = @Schema(types = "object")))
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = PlatformSettingsJson.class)))
    public Response putPlatformSettings(@PathParam("gateway") String id, @Nullable JsonNode body, @Context Call call) {
        Scope platform = Scope.platform(call.caller().actor());
        return shown(platform, gateways.put(platform, id, GatewaysResource.values(body), call.ifMatch()), call);
    }

    @POST
    @Path("/{gateway}/webhook/rotate")
    @Requires("gateways:write")
    @Operation(
            operationId = "rotateWebhookAddress",
            summary = "Make another webhook address; the one before is good for another day")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookJson.class)))
    public Response rotate(@PathParam("gateway") String id, @Context Call call) {
        return call.once(
                () -> {
                    instances.rotate(call.scope(), id);
                    return id;
                },
                rotated -> call.ok(instances
                        .webhook(call.scope(), rotated)
                        .map(WebhookJson::of)
                        .orElseThrow(Problems::notFound)));
    }

    @POST
    @Path("/{gateway}/webhook/register")
    @Requires("gateways:write")
    @Operation(
            operationId = "registerWebhookAddress",
            summary =
                    "Have the gateway tell its provider the webhook address, and keep the signing secret that it gives")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = WebhookJson.class)))
    public Response register(@PathParam("gateway") String id, @Context Call call) {
        return call.once(
                () -> {
                    instances.planRegistration(call.scope(), id);
                    return id;
                },
                planned -> call.ok(WebhookJson.of(instances.register(call.scope(), planned))));
    }
}
