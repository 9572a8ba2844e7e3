package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.bursar.credits.Adjustment;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Wallet;
import org.bursar.credits.Wallets;
import org.bursar.credits.Wallets.Order;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Wallets and their ledgers. */
@Path("/wallets")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Wallets", description = "What customers have, and how it came about")
public final class WalletsResource {
    /** An entry never changes, so its ETag never does. */
    private static final long ONLY_VERSION = 1;

    private static final MediaType CSV = new MediaType("text", "csv");

    private final Wallets wallets;

    WalletsResource(Wallets wallets) {
        this.wallets = wallets;
    }

    @GET
    @Requires("wallets:read")
    @Operation(operationId = "listWallets", summary = "Wallets, by customer")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "1 to 200, 50 without it",
            schema = @Schema(type = "integer"))
    @Parameter(
            name = "after",
            in = ParameterIn.QUERY,
            description = "the next of the page before",
            schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "Found",
            content = @Content(schema = @Schema(implementation = WalletList.class)))
    public Response list(@Context Call call) {
        return call.list(wallets.list(call.scope(), call.page()).map(WalletJson::of));
    }

    @GET
    @Path("/{customer}")
    @Requires("wallets:read")
    @Operation(operationId = "getWallet", summary = "A customer's wallet")
    @ApiResponse(
            responseCode = "200",
            description = "Found",
            content = @Content(schema = @Schema(implementation = WalletJson.class)))
    public Response get(@Context Call call, @PathParam("customer") CustomerId customer) {
        Wallet wallet = wallets.get(call.scope(), customer);
        return call.ok(WalletJson.of(wallet), wallet.version());
    }

    @GET
    @Path("/{customer}/entries")
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Requires("wallets:read")
    @Operation(
            operationId = "listEntries",
            summary = "A wallet's ledger, newest first",
            description = "With Accept: text/csv every entry, oldest first, without pages.")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "1 to 200, 50 without it",
            schema = @Schema(type = "integer"))
    @Parameter(
            name = "after",
            in = ParameterIn.QUERY,
            description = "the next of the page before",
            schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "A page of entries",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = EntryList.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    public Response entries(
            @Context Call call,
            @Context HttpHeaders headers,
            @PathParam("customer") CustomerId customer,
            @Parameter(description = "-seq (newest first, the default) or seq") @QueryParam("sort") @Nullable
                    String sort) {
        Order order = order(sort);
        if (wantsCsv(headers)) {
            return csv(call.scope(), customer);
        }
        Page<EntryJson> page =
                wallets.entries(call.scope(), customer, order, call.page()).map(EntryJson::of);
        return Response.fromResponse(call.list(page))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static boolean wantsCsv(HttpHeaders headers) {
        for (MediaType accepted : headers.getAcceptableMediaTypes()) {
            if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (accepted.isCompatible(CSV)) {
                return true;
            }
        }
        return false;
    }

    /** Reads a page at a time, so that a slow reader keeps no transaction open and a long ledger needs no memory. */
    private Response csv(Scope scope, CustomerId customer) {
        Page<LedgerEntry> first = csvPage(scope, customer, null);
        StreamingOutput rows = out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            EntriesCsv.header(writer);
            Page<LedgerEntry> page = first;
            EntriesCsv.rows(writer, page.items());
            while (page.next() != null) {
                page = csvPage(scope, customer, page.next());
                EntriesCsv.rows(writer, page.items());
            }
            writer.flush();
        };
        return Response.ok(rows, CSV.withCharset("utf-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"entries.csv\"")
                .build();
    }

    private Page<LedgerEntry> csvPage(Scope scope, CustomerId customer, @Nullable String after) {
        return wallets.entries(scope, customer, Order.OLDEST_FIRST, new Page.Request(Page.MOST, after));
    }

    private static Order order(@Nullable String sort) {
        if (sort == null || sort.equals("-seq")) {
            return Order.NEWEST_FIRST;
        }
        if (sort.equals("seq")) {
            return Order.OLDEST_FIRST;
        }
        throw new ProblemException(Problems.invalid("/sort", "unknown_sort", "seq or -seq"));
    }

    @GET
    @Path("/{customer}/entries/{seq}")
    @Requires("wallets:read")
    @Operation(operationId = "getEntry", summary = "An entry of a wallet's ledger")
    @ApiResponse(
            responseCode = "200",
            description = "Found",
            content = @Content(schema = @Schema(implementation = EntryJson.class)))
    public Response entry(@Context Call call, @PathParam("customer") CustomerId customer, @PathParam("seq") long seq) {
        return call.ok(EntryJson.of(wallets.entry(call.scope(), customer, seq)), ONLY_VERSION);
    }

    @POST
    @Path("/{customer}/adjustments")
    @Requires("wallets:adjust")
    @Operation(operationId = "adjustWallet", summary = "Adds credit or deducts it, for a reason")
    @ApiResponse(
            responseCode = "201",
            description = "Posted",
            content = @Content(schema = @Schema(implementation = EntryJson.class)))
    public Response adjust(
            @Context Call call, @PathParam("customer") CustomerId customer, @Nullable AdjustmentForm form) {
        Adjustment adjustment = (form == null ? AdjustmentForm.EMPTY : form).checked();
        return call.once(
                // the Idempotency-Key is remembered with the effect, so the ledger's own key may be new
                () -> Long.toString(wallets.adjust(call.scope(), customer, adjustment, UUID.randomUUID())
                        .seq()),
                seq -> {
                    LedgerEntry entry = wallets.entry(call.scope(), customer, Long.parseLong(seq));
                    return call.created("/wallets/" + customer + "/entries/" + seq, EntryJson.of(entry), ONLY_VERSION);
                });
    }
}
