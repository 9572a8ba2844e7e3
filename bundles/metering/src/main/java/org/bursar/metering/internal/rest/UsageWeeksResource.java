package org.bursar.metering.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
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
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.metering.UsageEvents;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** The last weeks of customers side by side, over HTTP. */
@Path("/usage-weeks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Usage")
public final class UsageWeeksResource {
    private final UsageEvents usage;

    UsageWeeksResource(UsageEvents usage) {
        this.usage = usage;
    }

    @GET
    @Requires("usage:read")
    @Operation(
            operationId = "reportUsageWeeks",
            summary = "What customers used in each of the last 12 weeks",
            description =
                    "Of the one meter that each was charged the most for in these weeks. A week is seven days in UTC, the last"
                            + " of which is today. Whoever used nothing is not among the items.")
    @ApiResponse(
            responseCode = "200",
            description = "The weeks of each",
            content = @Content(schema = @Schema(implementation = Weeks.class)))
    public Response weeks(
            @Context Call call,
            @Parameter(required = true, description = "ids of customers, at most 100, with commas between them")
                    @QueryParam("customers")
                    @Nullable
                    String customers) {
        return call.ok(new Weeks(usage.weeks(call.scope(), ids(customers)).stream()
                .map(weeks -> new Line(weeks.customer().toString(), weeks.meterKey(), weeks.unit(), weeks.quantities()))
                .toList()));
    }

    private static Set<CustomerId> ids(@Nullable String text) {
        Checks checks = new Checks();
        Set<CustomerId> ids = checks.ids("/customers", text, CustomerId::fromString, UsageEvents.MOST_CUSTOMERS);
        checks.that(
                !checks.clean() || !ids.isEmpty(),
                "/customers",
                FieldProblems.REQUIRED,
                "ids of customers (cus_…) with commas between them");
        checks.done();
        return ids;
    }

    /** The weeks of customers. */
    @Schema(name = "UsageWeekList")
    record Weeks(List<Line> items) {}

    /** A customer's weeks. */
    @Schema(name = "UsageWeeks")
    record Line(
            String customer,

            @Schema(example = "voice-minutes", description = "the meter that it was charged the most for")
            String meter,

            String unit,

            @ArraySchema(
                    schema = @Schema(type = "string"),
                    arraySchema = @Schema(description = "the quantity of each week, the earliest first"))
            List<BigDecimal> weeks) {}
}
