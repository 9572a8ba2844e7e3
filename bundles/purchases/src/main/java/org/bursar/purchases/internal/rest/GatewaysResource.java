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
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayInfo;
import org.bursar.purchases.GatewayInstances;
import org.bursar.purchases.GatewaySettingsView;
import org.bursar.purchases.Gateways;
import org.bursar.purchases.SettingValue;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Gateways and a tenant's settings for them. */
@Path("/gateways")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Gateways")
public final class GatewaysResource {
    private static final String SORT = "gateway";
    private static final String READ = "gateways:read";
    private static final String WRITE = "gateways:write";

    private final Gateways gateways;
    private final GatewayInstances instances;

    GatewaysResource(Gateways gateways, GatewayInstances instances) {
        this.gateways = gateways;
        this.instances = instances;
    }

    @GET
    @Requires(value = READ, level = Requires.Level.CALLER)
    @Operation(
            operationId = "listGateways",
            summary =
                    "Gateways, as the tenant sees them; for a platform admin without a tenant, the bundles that offer them")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = GatewayPage.class)))
    public Response list(@Context Call call) {
        if (call.caller().tenant().isEmpty()) {
            if (!call.caller().platformAdmin()) {
                throw new ProblemException(Problems.TENANT_REQUIRED, Problems.TENANT_REQUIRED.cure());
            }
            requireRead(call);
            return call.list(
                    page(gateways.bundles(), GatewaysResource::place, call).map(GatewayJson.BundleJson::of));
        }
        requireRead(call);
        // one that no bundle offers now is no method to pay by; its settings are kept, and it is found by its id
        List<GatewayInfo> offered = gateways.list(call.scope()).stream()
                .filter(gateway -> gateway.state() != GatewayInfo.State.ABSENT)
                // a payer has no use for one that takes nothing at the moment
                .filter(gateway -> gateway.state() != GatewayInfo.State.DRAINING
                        || call.scope().customers().isEmpty())
                .toList();
        return call.list(page(offered, GatewayInfo::id, call).map(GatewayJson::of));
    }

    /** Of one id there may be several versions. */
    private static String place(GatewayBundle bundle) {
        return bundle.id() + '\n' + bundle.version() + '\n' + bundle.digest() + '\n' + bundle.file();
    }

    /** A page by id; there are never so many that the rest could not be asked for as well. */
    private static <T> Page<T> page(List<T> all, Function<T, String> id, Call call) {
        Page.Request page = call.page();
        String after =
                page.after() == null ? "" : Cursor.decode(SORT, 1, page.after()).get(0);
        List<T> rows = all.stream()
                .filter(one -> id.apply(one).compareTo(after) > 0)
                .sorted(Comparator.comparing(id))
                .limit(page.limit() + 1L)
                .toList();
        return Page.of(rows, page, row -> Cursor.encode(SORT, id.apply(row)));
    }

    private static void requireRead(Call call) {
        if (!call.caller().may(READ)) {
            throw call.caller().refusal(READ);
        }
    }

    @GET
    @Path("/{gateway}")
    @Requires(READ)
    @Operation(operationId = "getGateway", summary = "One gateway")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = GatewayJson.class)))
    public Response get(@PathParam("gateway") String id, @Context Call call) {
        GatewayInfo info = gateways.get(call.scope(), id);
        return call.ok(GatewayJson.of(info, instances.webhook(call.scope(), id)), info.revision());
    }

    @PATCH
    @Path("/{gateway}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Requires(WRITE)
    @Operation(operationId = "changeGateway", summary = "Turn a gateway on or off, or choose whether real money moves")
    @RequestBody(content = @Content(schema = @Schema(implementation = GatewayForm.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = GatewayJson.class)))
    public Response change(@PathParam("gateway") String id, JsonNode patch, @Context Call call) {
        GatewayForm wanted = call.patched(GatewayForm.of(gateways.get(call.scope(), id)), patch, GatewayForm.class);
        Checks checks = new Checks();
        String mode = checks.text("/mode", wanted.mode(), 4);
        checks.that(mode.equals("live") || mode.equals("test"), "/mode", FieldProblems.UNKNOWN_VALUE, "live or test");
        checks.done();
        GatewayInfo changed = gateways.change(
                call.scope(),
                id,
                Optional.ofNullable(wanted.enabled()),
                Optional.of(mode.equals("live")),
                call.ifMatch());
        return call.ok(GatewayJson.of(changed, instances.webhook(call.scope(), id)), changed.revision());
    }

    @GET
    @Path("/{gateway}/settings")
    @Requires(READ)
    @Operation(
            operationId = "getGatewaySettings",
            summary = "The tenant's settings; of a secret, only whether it is set and its last four characters")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(types = "object")))
    public Response settings(@PathParam("gateway") String id, @Context Call call) {
        return settings(call, gateways.settings(call.scope(), id));
    }

    @PUT
    @Path("/{gateway}/settings")
    @Requires(WRITE)
    @Operation(
            operationId = "putGatewaySettings",
            summary = "Replace the settings",
            description =
                    "The fields are those that the gateway's settings name. A secret that is not sent, or is sent as it"
                            + " was read, stays as it is; null removes it. An account that is connected to the platform's at"
                            + " a provider is assigned by the platform's admins: they alone may name it, and change settings"
                            + " that do.")
    @RequestBody(content = @Content(schema = @Schema(types = "object")))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(types = "object")))
    public Response put(@PathParam("gateway") String id, @Nullable JsonNode body, @Context Call call) {
        return settings(
                call,
                call.caller().platformAdmin()
                        ? gateways.assign(call.scope(), id, values(body), call.ifMatch())
                        : gateways.put(call.scope(), id, values(body), call.ifMatch()));
    }

    private static Response settings(Call call, GatewaySettingsView view) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(view.values());
        fields.putAll(view.secrets());
        return call.ok(fields, view.revision());
    }

    /** What a body says of settings. */
    static Map<String, SettingValue> values(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw new ProblemException(Problems.invalid("", FieldProblems.WRONG_TYPE, "a JSON object is expected"));
        }
        Checks checks = new Checks();
        Map<String, SettingValue> values = new LinkedHashMap<>();
        body.properties().forEach(field -> {
            JsonNode node = field.getValue();
            if (node.isNull()) {
                values.put(field.getKey(), new SettingValue.Remove());
            } else if (node.isTextual() || node.isBoolean() || node.isIntegralNumber()) {
                values.put(field.getKey(), new SettingValue.Text(node.asText()));
            } else if (node.isObject() && node.path("set").isBoolean()) {
                values.put(field.getKey(), new SettingValue.Keep());
            } else {
                String pointer = "/" + field.getKey().replace("~", "~0").replace("/", "~1");
                checks.error(pointer, FieldProblems.WRONG_TYPE, "a text, a whole number, true or false");
            }
        });
        checks.done();
        return values;
    }
}
