package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.PurchaseId;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.Purchases;
import org.bursar.purchases.internal.PriceCheck;
import org.bursar.rest.Call;
import org.bursar.rest.Csv;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Purchases. */
@Path("/purchases")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Purchases")
public final class PurchasesResource {
    private static final String READ = "purchases:read";
    private static final String WRITE = "purchases:write";
    private static final String APPROVE = "purchases:approve";
    private static final int LONGEST_GATEWAY = 60;
    private static final int LONGEST_PLAN = 100;
    private static final int LONGEST_SEARCH = 200;
    private static final Csv<Purchase> CSV = new Csv<>(
            "purchases.csv",
            List.of(
                    "id",
                    "number",
                    "createdAt",
                    "customer",
                    "title",
                    "amount",
                    "currency",
                    "credits",
                    "gateway",
                    "mode",
                    "status",
                    "credited",
                    "approvedAt"),
            PurchasesResource::cells);

    private final Purchases purchases;

    PurchasesResource(Purchases purchases) {
        this.purchases = purchases;
    }

    @POST
    @Requires(WRITE)
    @Operation(
            operationId = "createPurchase",
            summary = "Buy a package, or take a plan; the answer says what the payer does next",
            description =
                    "The gateway is called once the purchase is stored. While it is not known whether that call came"
                            + " about, next is wait and the status created; it is found out without a further request. With a"
                            + " plan the purchase is of its first cycle: once it is paid the plan begins, its price is charged in"
                            + " each cycle, and each charge is a purchase of its own. A customer's own callers may so pay for the"
                            + " plan that they have.")
    @RequestBody(content = @Content(schema = @Schema(implementation = PurchaseForm.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = PurchaseJson.class)))
    public Response create(@Nullable PurchaseForm form, @Context Call call) {
        PurchaseForm sent = form == null ? PurchaseForm.EMPTY : form;
        return call.once(() -> open(sent, call), id -> {
            Purchase purchase = purchases.checkout(call.scope(), PurchaseId.fromString(id));
            return call.created("/purchases/" + id, json(purchase, call), purchase.version());
        });
    }

    private String open(PurchaseForm form, Call call) {
        return form.plan() == null ? openPackage(form, call) : openPlan(form, call, form.plan());
    }

    private String openPlan(PurchaseForm form, Call call, String name) {
        Checks checks = new Checks();
        CustomerId customer = checks.present("/customer", form.customer());
        String plan = checks.text("/plan", name, LONGEST_PLAN);
        String gateway = checks.text("/gateway", form.gateway(), LONGEST_GATEWAY);
        if (form.packageId() != null) {
            checks.error("/package", FieldProblems.NOT_HERE, "either a package or a plan");
        }
        if (form.saveMethod() != null) {
            checks.error("/saveMethod", FieldProblems.NOT_HERE, "the provider keeps the method for the plan alone");
        }
        checks.done();
        if (customer == null) {
            throw new IllegalStateException("the checks have passed without them");
        }
        return purchases.openPlan(call.scope(), customer, plan, gateway).toString();
    }

    private String openPackage(PurchaseForm form, Call call) {
        Checks checks = new Checks();
        CustomerId customer = checks.present("/customer", form.customer());
        PackageId packageId = checks.present("/package", form.packageId());
        String gateway = checks.text("/gateway", form.gateway(), LONGEST_GATEWAY);
        checks.done();
        if (customer == null || packageId == null) {
            throw new IllegalStateException("the checks have passed without them");
        }
        boolean saveMethod = Boolean.TRUE.equals(form.saveMethod());
        return purchases
                .open(call.scope(), customer, packageId, gateway, saveMethod)
                .toString();
    }

    private static PurchaseJson json(Purchase purchase, Call call) {
        return PurchaseJson.of(purchase, call.scope().customers().isEmpty());
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Requires(READ)
    @Operation(
            operationId = "listPurchases",
            summary = "Purchases, newest first",
            description = "With Accept: text/csv every purchase that the filters leave, without pages.")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = PurchasePage.class)),
                @Content(mediaType = "text/csv", schema = @Schema(types = "string"))
            })
    public Response list(
            @Parameter(schema = @Schema(types = "string")) @QueryParam("customer") @Nullable CustomerId customer,
            @Parameter(description = "such as awaiting_payment") @QueryParam("status") @Nullable String status,
            @QueryParam("gateway") @Nullable String gateway,
            @Parameter(
                            description =
                                    "a number such as PUR-10482, the provider's reference, or part of the customer's name or of its"
                                            + " admin's e-mail, in any case")
                    @QueryParam("q")
                    @Nullable
                    String q,
            @Parameter(
                            description = "exactly the price, with its currency: what stands on a bank statement",
                            schema = @Schema(types = "string", example = "450.00"))
                    @QueryParam("amount")
                    @Nullable
                    String amount,
            @Parameter(description = "the amount's; not without it", example = "USD") @QueryParam("currency") @Nullable
                    String currency,
            @Parameter(description = "placed since: a time, or a date in UTC") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "placed before: a time; of a date in UTC its end") @QueryParam("to") @Nullable
                    String to,
            @Context Call call) {
        Checks checks = new Checks();
        Optional<String> text = Optional.ofNullable(checks.optionalText("/q", q, LONGEST_SEARCH));
        Optional<Money> price = amount == null && currency == null
                ? Optional.empty()
                : Optional.of(PriceCheck.money(checks, "", decimal(checks, amount), currency));
        Optional<Instant> begin = Optional.ofNullable(checks.begin("/from", from));
        Optional<Instant> end = Optional.ofNullable(checks.end("/to", to));
        checks.done();
        PurchaseFilter filter = new PurchaseFilter(
                Optional.ofNullable(customer),
                Optional.ofNullable(status).map(PurchasesResource::state),
                Optional.ofNullable(gateway),
                text,
                price,
                begin,
                end);
        return call.list(page -> purchases.list(call.scope(), filter, page), purchase -> json(purchase, call), CSV);
    }

    private static @Nullable BigDecimal decimal(Checks checks, @Nullable String text) {
        try {
            return text == null ? null : Decimals.parse(text);
        } catch (NumberFormatException e) {
            checks.error("/amount", FieldProblems.MALFORMED, "a decimal such as 450.00");
            return BigDecimal.ONE;
        }
    }

    static List<@Nullable Object> cells(Purchase purchase) {
        return Arrays.asList(
                purchase.id(),
                purchase.number(),
                purchase.createdAt(),
                purchase.customer(),
                purchase.title(),
                // as text, since a decimal would show two places whatever the currency
                purchase.price().amount().toPlainString(),
                purchase.price().currency(),
                purchase.credits(),
                purchase.gateway(),
                purchase.live() ? "live" : "test",
                purchase.state(),
                purchase.credited(),
                purchase.approvedAt());
    }

    private static PurchaseState state(String text) {
        for (PurchaseState state : PurchaseState.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
                return state;
            }
        }
        throw new ProblemException(Problems.invalid(
                "/status", FieldProblems.UNKNOWN_VALUE, "a state such as awaiting_payment, approved or declined"));
    }

    @GET
    @Path("/{purchase}")
    @Requires(READ)
    @Operation(operationId = "getPurchase", summary = "One purchase")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PurchaseJson.class)))
    public Response get(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId id, @Context Call call) {
        Purchase purchase = purchases.get(call.scope(), id);
        return call.ok(json(purchase, call), purchase.version());
    }

    @POST
    @Path("/{purchase}/approve")
    @Requires(APPROVE)
    @Operation(
            operationId = "approvePurchase",
            summary = "The money came: post the credit",
            description = "What was received must be exactly the price. Approving again changes nothing.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ApprovalForm.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PurchaseJson.class)))
    public Response approve(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId id,
            @Nullable ApprovalForm form,
            @Context Call call) {
        ApprovalForm sent = form == null ? ApprovalForm.EMPTY : form;
        return decided(call, id, () -> {
            Checks checks = new Checks();
            MoneyForm received = sent.received() == null ? MoneyForm.EMPTY : sent.received();
            Money money = PriceCheck.money(checks, "/received", received.amount(), received.currency());
            checks.done();
            return purchases.approve(call.scope(), id, money, Optional.ofNullable(sent.evidence()));
        });
    }

    @POST
    @Path("/{purchase}/decline")
    @Requires(APPROVE)
    @Operation(
            operationId = "declinePurchase",
            summary = "The money did not come; if it comes later, it can still be approved")
    @RequestBody(content = @Content(schema = @Schema(implementation = ReasonForm.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PurchaseJson.class)))
    public Response decline(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId id,
            @Nullable ReasonForm form,
            @Context Call call) {
        String reason = form == null || form.reason() == null ? "" : form.reason();
        return decided(call, id, () -> purchases.decline(call.scope(), id, reason));
    }

    @POST
    @Path("/{purchase}/cancel")
    @Requires(WRITE)
    @Operation(operationId = "cancelPurchase", summary = "Give a purchase up before it is paid")
    @RequestBody(content = @Content(schema = @Schema(implementation = ReasonForm.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PurchaseJson.class)))
    public Response cancel(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId id,
            @Nullable ReasonForm form,
            @Context Call call) {
        Optional<String> reason = Optional.ofNullable((form == null ? ReasonForm.EMPTY : form).reason());
        return call.once(() -> purchases.cancel(call.scope(), id, reason).id().toString(), done -> {
            Purchase purchase = purchases.cancelAtProvider(call.scope(), id);
            return call.ok(json(purchase, call), purchase.version());
        });
    }

    private Response decided(Call call, PurchaseId id, Supplier<Purchase> decision) {
        return call.once(() -> decision.get().id().toString(), done -> {
            Purchase purchase = purchases.get(call.scope(), id);
            return call.ok(json(purchase, call), purchase.version());
        });
    }
}
