package org.bursar.chathistory.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.bursar.chathistory.ChatMessage;
import org.bursar.chathistory.ChatThread;
import org.bursar.chathistory.ThreadFilter;
import org.bursar.chathistory.ThreadStatus;
import org.bursar.chathistory.Threads;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.MessageId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.ThreadId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Threads and their messages. */
@Path("/threads")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Threads")
public final class ThreadsResource {
    private static final String READ = "threads:read";
    private static final String WRITE = "threads:write";
    private static final String OLDEST_FIRST = "seq";
    private static final String LATEST_FIRST = "-seq";

    private final Threads threads;

    ThreadsResource(Threads threads) {
        this.threads = threads;
    }

    @POST
    @Requires(WRITE)
    @Operation(
            operationId = "openThread",
            summary = "Open a thread, or find the customer's thread with the same externalId")
    @RequestBody(content = @Content(schema = @Schema(implementation = ThreadForm.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ThreadJson.class)))
    public Response open(@Nullable ThreadForm form, @Context Call call) {
        return call.once(
                () -> threads.open(call.scope(), (form == null ? ThreadForm.EMPTY : form).thread())
                        .toString(),
                id -> {
                    ChatThread thread = threads.get(call.scope(), ThreadId.fromString(id));
                    return call.created("/threads/" + id, ThreadJson.of(thread), thread.version());
                });
    }

    @GET
    @Requires(READ)
    @Operation(operationId = "listThreads", summary = "Threads with their latest message, the latest activity first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ThreadPage.class)))
    public Response list(
            @Parameter(schema = @Schema(types = "string")) @QueryParam("customer") @Nullable CustomerId customer,
            @QueryParam("q") @Nullable String text,
            @Context Call call) {
        ThreadFilter filter = new ThreadFilter(Optional.ofNullable(customer), Optional.ofNullable(text));
        return call.list(threads.list(call.scope(), filter, call.page()).map(ThreadJson::of));
    }

    @GET
    @Path("/{thread}")
    @Requires(READ)
    @Operation(operationId = "getThread", summary = "One thread")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ThreadJson.class)))
    public Response get(
            @Parameter(schema = @Schema(types = "string")) @PathParam("thread") ThreadId id, @Context Call call) {
        ChatThread thread = threads.get(call.scope(), id);
        return call.ok(ThreadJson.of(thread), thread.version());
    }

    @PATCH
    @Path("/{thread}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Requires(WRITE)
    @Operation(operationId = "changeThread", summary = "Close a thread, or open it again")
    @RequestBody(content = @Content(schema = @Schema(implementation = ThreadStatusForm.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ThreadJson.class)))
    public Response change(
            @Parameter(schema = @Schema(types = "string")) @PathParam("thread") ThreadId id,
            JsonNode patch,
            @Context Call call) {
        // the thread is not read for this: a reading would stay in the audit log although the change is refused
        ThreadStatus status = call.patched(new ThreadStatusForm(null), patch, ThreadStatusForm.class)
                .status();
        if (status == null && !patch.has("status")) {
            status = threads.get(call.scope(), id).status();
        }
        if (status == null) {
            throw new ProblemException(Problems.invalid("/status", FieldProblems.REQUIRED, "open or closed"));
        }
        ChatThread changed =
                threads.setStatus(call.scope(), id, status, call.ifMatch().orElse(-1));
        return call.ok(ThreadJson.of(changed), changed.version());
    }

    @POST
    @Path("/{thread}/messages")
    @Requires(WRITE)
    @Operation(operationId = "appendMessage", summary = "Append a message")
    @RequestBody(content = @Content(schema = @Schema(implementation = MessageForm.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = MessageJson.class)))
    public Response append(
            @Parameter(schema = @Schema(types = "string")) @PathParam("thread") ThreadId thread,
            @Nullable MessageForm form,
            @Context Call call) {
        return call.once(
                () -> threads.append(call.scope(), thread, (form == null ? MessageForm.EMPTY : form).message())
                        .toString(),
                id -> {
                    ChatMessage message = threads.appended(call.scope(), thread, MessageId.fromString(id));
                    // a message is never changed: it has one version
                    return call.created("/threads/" + thread + "/messages/" + id, MessageJson.of(message), 1);
                });
    }

    @GET
    @Path("/{thread}/messages")
    @Requires(READ)
    @Operation(operationId = "listMessages", summary = "What was said: sort=seq (the usual) or sort=-seq")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MessagePage.class)))
    public Response messages(
            @Parameter(schema = @Schema(types = "string")) @PathParam("thread") ThreadId thread,
            @QueryParam("sort") @Nullable String sort,
            @Context Call call) {
        if (sort != null && !sort.equals(OLDEST_FIRST) && !sort.equals(LATEST_FIRST)) {
            throw new ProblemException(Problems.invalid("/sort", FieldProblems.UNKNOWN_VALUE, "seq or -seq"));
        }
        return call.list(threads.messages(call.scope(), thread, LATEST_FIRST.equals(sort), call.page())
                .map(MessageJson::of));
    }

    @GET
    @Path("/{thread}/messages/{message}")
    @Requires(READ)
    @Operation(operationId = "getMessage", summary = "One message")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = MessageJson.class)))
    public Response message(
            @Parameter(schema = @Schema(types = "string")) @PathParam("thread") ThreadId thread,
            @Parameter(schema = @Schema(types = "string")) @PathParam("message") MessageId message,
            @Context Call call) {
        return call.ok(MessageJson.of(threads.message(call.scope(), thread, message)), 1);
    }
}
