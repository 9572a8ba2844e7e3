package org.bursar.metering.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UsageEventId;
import org.bursar.metering.UsageEvents;
import org.bursar.metering.UsageFilter;
import org.bursar.rest.Call;
import org.bursar.rest.Csv;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** What a customer used, over HTTP. */
@Path("/usage/{customer}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Usage")
public final class UsageResource {
    private static final int LAST_YEAR = 9_999;

    private final UsageEvents usage;

    UsageResource(UsageEvents usage) {
        this.usage = usage;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Requires("usage:read")
    @Operation(operationId = "listUsage", summary = "What a customer used, by day and meter, the latest day first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of days; from and to are widened to whole days in UTC",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = DayJson.Days.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    public Response days(
            @Context Call call,
            @PathParam("customer") CustomerId customer,
            @Parameter(description = "the first instant, RFC 3339") @QueryParam("from") @Nullable String from,
            @Parameter(description = "the first instant after, RFC 3339") @QueryParam("to") @Nullable String to,
            @Parameter(description = "a meter's key") @QueryParam("meter") @Nullable String meter) {
        Scope scope = call.scope();
        UsageFilter filter = filter(from, to, meter);
        return call.list(
                page -> usage.days(scope, customer, filter, page),
                day -> DayJson.of(scope, day),
                new Csv<>(
                        "usage.csv",
                        DayJson.HEADER,
                        day -> DayJson.of(scope, day).cells()));
    }

    @GET
    @Path("/events")
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Requires("usage:read")
    @Operation(operationId = "listUsageEvents", summary = "The single events of a customer, the latest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of events",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = EventJson.Events.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    public Response events(
            @Context Call call,
            @PathParam("customer") CustomerId customer,
            @Parameter(description = "the first instant, RFC 3339") @QueryParam("from") @Nullable String from,
            @Parameter(description = "the first instant after, RFC 3339") @QueryParam("to") @Nullable String to,
            @Parameter(description = "a meter's key") @QueryParam("meter") @Nullable String meter) {
        Scope scope = call.scope();
        UsageFilter filter = filter(from, to, meter);
        return call.list(
                page -> usage.events(scope, customer, filter, page),
                event -> EventJson.of(scope, event),
                new Csv<>(
                        "usage-events.csv",
                        EventJson.HEADER,
                        event -> EventJson.of(scope, event).cells()));
    }

    @GET
    @Path("/events/{event}/explanation")
    @Requires("usage:read")
    @Operation(operationId = "explainUsageEvent", summary = "How the charge of an event came about, computed again")
    @ApiResponse(
            responseCode = "200",
            description = "The plan's prices, what the cycle had consumed, and what follows from both",
            content = @Content(schema = @Schema(implementation = ExplanationJson.class)))
    public Response explanation(
            @Context Call call, @PathParam("customer") CustomerId customer, @PathParam("event") UsageEventId event) {
        return call.ok(ExplanationJson.of(call.scope(), usage.explain(call.scope(), customer, event)));
    }

    private static UsageFilter filter(@Nullable String from, @Nullable String to, @Nullable String meter) {
        return new UsageFilter(instant("/from", from), instant("/to", to), Optional.ofNullable(meter));
    }

    private static Optional<Instant> instant(String pointer, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
                throw new DateTimeException("RFC 3339 has four digits for the year");
            }
            return Optional.of(time.toInstant());
        } catch (DateTimeException e) {
            throw new ProblemException(
                    Problems.invalid(pointer, FieldProblems.WRONG_TYPE, "RFC 3339, such as 2026-11-21T10:00:00Z"));
        }
    }
}
