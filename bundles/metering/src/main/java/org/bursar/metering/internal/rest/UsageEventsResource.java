package org.bursar.metering.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.metering.EventResult;
import org.bursar.metering.UsageEvent;
import org.bursar.metering.UsageEvents;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Usage events over HTTP. They need no Idempotency-Key: source and id are one. */
@Path("/usage-events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Usage")
public final class UsageEventsResource {
    private final UsageEvents usage;

    UsageEventsResource(UsageEvents usage) {
        this.usage = usage;
    }

    @POST
    @Consumes({"application/cloudevents+json", "application/cloudevents-batch+json"})
    @Requires("usage:write")
    @Operation(
            operationId = "reportUsage",
            summary = "Report usage, one CloudEvent or a batch",
            description = "Each event has its own result, in the order sent; a single event answers its result object.")
    @RequestBody(
            content = {
                @Content(
                        mediaType = "application/cloudevents+json",
                        schema = @Schema(implementation = UsageEventForm.class)),
                @Content(
                        mediaType = "application/cloudevents-batch+json",
                        array =
                                @ArraySchema(
                                        schema = @Schema(implementation = UsageEventForm.class),
                                        maxItems = UsageEvents.MOST))
            })
    @ApiResponse(
            responseCode = "200",
            description = "What became of each",
            content = @Content(schema = @Schema(oneOf = {ResultJson.Batch.class, ResultJson.class})))
    public Response report(@Context Call call, @Nullable JsonNode body) {
        MediaType type = call.mediaType();
        boolean batch = type != null && type.getSubtype().equals("cloudevents-batch+json");
        if (body == null || body.isArray() != batch) {
            throw new ProblemException(Problems.invalid(
                    "",
                    FieldProblems.WRONG_TYPE,
                    batch ? "a batch is a JSON array of events" : "a single event is a JSON object"));
        }
        if (!batch) {
            return call.ok(report(call.scope(), List.of(CloudEvents.read(body))).get(0));
        }
        if (body.size() > UsageEvents.MOST) {
            throw new ProblemException(Problems.TOO_LARGE, "a batch has at most " + UsageEvents.MOST + " events");
        }
        List<CloudEvents.Read> reads = new ArrayList<>(body.size());
        body.forEach(event -> reads.add(CloudEvents.read(event)));
        // a batch waits for its transaction longer than it is worked on: what was read must not be kept alive, and
        // copied, meanwhile
        ((ArrayNode) body).removeAll();
        return call.ok(new ResultJson.Batch(report(call.scope(), reads)));
    }

    private List<ResultJson> report(Scope scope, List<CloudEvents.Read> reads) {
        List<UsageEvent> events = new ArrayList<>(reads.size());
        for (CloudEvents.Read read : reads) {
            read.event().ifPresent(events::add);
        }
        Iterator<EventResult> results = usage.report(scope, events).iterator();
        List<ResultJson> answer = new ArrayList<>(reads.size());
        for (CloudEvents.Read read : reads) {
            EventResult result = read.refusal().isPresent() ? read.refusal().get() : results.next();
            answer.add(ResultJson.of(read.id(), result));
        }
        return answer;
    }
}
