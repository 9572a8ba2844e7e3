package org.bursar.credits.internal.rest;

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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.bursar.credits.Adjustment;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Wallets;
import org.bursar.credits.Wallets.Order;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.rest.Call;
import org.bursar.rest.Csv;
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

    private static final Csv<LedgerEntry> ENTRIES = new Csv<>(
            "entries.csv",
            List.of("seq", "createdAt", "kind", "amount", "balanceAfter", "reference", "reason"),
            entry -> Arrays.asList(
                    entry.seq(),
                    entry.createdAt(),
                    entry.kind(),
                    entry.amount(),
                    entry.balanceAfter(),
                    entry.reference(),
                    entry.reason()));

    private final Wallets wallets;

    WalletsResource(Wallets wallets) {
        this.wallets = wallets;
    }

    @GET
    @Requires("wallets:read")
    @Operation(operationId = "listWallets", summary = "Wallets, by customer")
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
    @Operation(operationId = "getWallet", summary = "A customer's wallet and the lots in it")
    @ApiResponse(
            responseCode = "200",
            description = "Found",
            content = @Content(schema = @Schema(implementation = WalletContentsJson.class)))
    public Response get(@Context Call call, @PathParam("customer") CustomerId customer) {
        Wallets.Contents contents = wallets.contents(call.scope(), customer);
        return call.ok(WalletContentsJson.of(contents), contents.wallet().version());
    }

    @GET
    @Path("/{customer}/lots")
    @Requires("wallets:read")
    @Operation(
            operationId = "listLots",
            summary = "What was ever added to a wallet, newest first",
            description = "With what is left of each; also those of which nothing is.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of lots",
            content = @Content(schema = @Schema(implementation = LotList.class)))
    public Response lots(@Context Call call, @PathParam("customer") CustomerId customer) {
        return call.list(wallets.lots(call.scope(), customer, call.page()).map(LotJson::of));
    }

    @GET
    @Path("/{customer}/entries")
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Requires("wallets:read")
    @Operation(
            operationId = "listEntries",
            summary = "A wallet's ledger, newest first",
            description = "With Accept: text/csv every entry, without pages.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of entries",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = EntryList.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    public Response entries(
            @Context Call call,
            @PathParam("customer") CustomerId customer,
            @Parameter(description = "-seq (newest first, the default) or seq") @QueryParam("sort") @Nullable
                    String sort) {
        Order order = order(sort);
        return call.list(request -> wallets.entries(call.scope(), customer, order, request), EntryJson::of, ENTRIES);
    }

    private static Order order(@Nullable String sort) {
        if (sort == null || sort.equals("-seq")) {
            return Order.NEWEST_FIRST;
        }
        if (sort.equals("seq")) {
            return Order.OLDEST_FIRST;
        }
        throw new ProblemException(Problems.invalid("/sort", FieldProblems.UNKNOWN_VALUE, "seq or -seq"));
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
