package org.bursar.plans.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
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
import java.util.function.Supplier;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.plans.Subscription;
import org.bursar.plans.Subscriptions;
import org.bursar.plans.Subscriptions.When;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Subscriptions and usage cycles over HTTP. */
@Path("/subscriptions/{customer}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Subscriptions")
public final class SubscriptionsResource {
    private final Subscriptions subscriptions;

    SubscriptionsResource(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @GET
    @Requires("subscriptions:read")
    @Operation(operationId = "getSubscription", summary = "A customer's subscription; 404 when it never had one")
    @ApiResponse(
            responseCode = "200",
            description = "The subscription",
            content = @Content(schema = @Schema(implementation = SubscriptionJson.class)))
    public Response get(@Context Call call, @PathParam("customer") CustomerId customer) {
        return shown(call, customer);
    }

    @PUT
    @Requires("subscriptions:write")
    @Operation(
            operationId = "choosePlan",
            summary = "Give a customer a plan, or change it",
            description =
                    "The first cycle is not charged; with a trial, the trial is not and the first cycle after it is. A change now credits what is left of a paid cycle at the price it was paid at"
                            + " and charges the same time at the new price, in one entry of kind proration; what is free stays"
                            + " free. The counters go on, and later usage is priced by the new plan. A plan with a cycle of"
                            + " another length begins a new cycle, charged in advance. A wallet that does not cover it is"
                            + " refused with insufficient_credits, and nothing changes.")
    @ApiResponse(
            responseCode = "200",
            description = "The subscription as it is now",
            content = @Content(schema = @Schema(implementation = SubscriptionJson.class)))
    public Response choose(
            @Context Call call, @PathParam("customer") CustomerId customer, @Nullable SubscriptionForm form) {
        SubscriptionForm choice = form == null ? SubscriptionForm.EMPTY : form;
        Subscription subscription =
                subscriptions.choose(call.scope(), customer, choice.plan(), choice.when(), call.ifMatch());
        return call.ok(SubscriptionJson.of(subscription), subscription.version());
    }

    @POST
    @Path("/preview")
    @Requires("subscriptions:read")
    @Operation(
            operationId = "previewPlanChange",
            summary = "What choosing a plan would do and cost now; nothing is changed",
            description = "Takes the body of choosePlan. A repeated key is answered for the moment of the repetition.")
    @ApiResponse(
            responseCode = "200",
            description = "What the change would do",
            content = @Content(schema = @Schema(implementation = PreviewJson.class)))
    public Response preview(
            @Context Call call, @PathParam("customer") CustomerId customer, @Nullable SubscriptionForm form) {
        SubscriptionForm choice = form == null ? SubscriptionForm.EMPTY : form;
        Scope scope = call.scope();
        return call.once(
                () -> {
                    subscriptions.preview(scope, customer, choice.plan(), choice.when());
                    return customer.toString();
                },
                id -> call.ok(PreviewJson.of(
                        customer, subscriptions.preview(scope, customer, choice.plan(), choice.when()))));
    }

    @POST
    @Path("/lock")
    @Requires("subscriptions:write")
    @Operation(operationId = "lockSubscription", summary = "Stop a customer's service at once")
    @ApiResponse(
            responseCode = "200",
            description = "The subscription as it is now",
            content = @Content(schema = @Schema(implementation = SubscriptionJson.class)))
    public Response lock(@Context Call call, @PathParam("customer") CustomerId customer, @Nullable ReasonForm form) {
        Scope scope = call.scope();
        String reason = (form == null ? ReasonForm.EMPTY : form).reason();
        return changed(call, customer, () -> subscriptions.lock(scope, customer, reason));
    }

    @POST
    @Path("/unlock")
    @Requires("subscriptions:write")
    @Operation(operationId = "unlockSubscription", summary = "Let a customer's service go on")
    @ApiResponse(
            responseCode = "200",
            description = "The subscription as it is now",
            content = @Content(schema = @Schema(implementation = SubscriptionJson.class)))
    public Response unlock(@Context Call call, @PathParam("customer") CustomerId customer) {
        Scope scope = call.scope();
        return changed(call, customer, () -> subscriptions.unlock(scope, customer));
    }

    @POST
    @Path("/cancel")
    @Requires("subscriptions:write")
    @Operation(operationId = "cancelSubscription", summary = "End a subscription, now or when its cycle ends")
    @ApiResponse(
            responseCode = "200",
            description = "The subscription as it is now",
            content = @Content(schema = @Schema(implementation = SubscriptionJson.class)))
    public Response cancel(@Context Call call, @PathParam("customer") CustomerId customer, @Nullable CancelForm form) {
        Scope scope = call.scope();
        When when = form == null ? When.NOW : form.whenOrNow();
        return changed(call, customer, () -> subscriptions.cancel(scope, customer, when));
    }

    @GET
    @Path("/add-ons/{addOn}")
    @Requires("subscriptions:read")
    @Operation(operationId = "getSubscribedAddOn", summary = "An add-on that a customer has, by its id or key")
    @ApiResponse(
            responseCode = "200",
            description = "The add-on as the customer has it",
            content = @Content(schema = @Schema(implementation = SubscribedAddOnJson.class)))
    public Response addOn(
            @Context Call call, @PathParam("customer") CustomerId customer, @PathParam("addOn") String addOn) {
        return call.ok(SubscribedAddOnJson.of(subscriptions.addOn(call.scope(), customer, addOn)));
    }

    @PUT
    @Path("/add-ons/{addOn}")
    @Requires("subscriptions:write")
    @Operation(
            operationId = "setAddOn",
            summary = "Give a customer so many of an add-on, at once; 0 takes it away",
            description =
                    "For what is left of a paid cycle the difference is charged or credited in an entry of kind proration;"
                            + " in a free cycle nothing is before the next renewal, which takes the add-ons that are there then."
                            + " More than before is had at the newest price, less at the price that was agreed.")
    @ApiResponse(
            responseCode = "200",
            description = "The subscription as it is now",
            content = @Content(schema = @Schema(implementation = SubscriptionJson.class)))
    public Response setAddOn(
            @Context Call call,
            @PathParam("customer") CustomerId customer,
            @PathParam("addOn") String addOn,
            @Nullable QuantityForm form) {
        Subscription subscription = subscriptions.setAddOn(
                call.scope(), customer, addOn, form == null ? null : form.quantity(), call.ifMatch());
        return call.ok(SubscriptionJson.of(subscription), subscription.version());
    }

    @GET
    @Path("/usage-cycle")
    @Requires("subscriptions:read")
    @Operation(operationId = "getUsageCycle", summary = "What was consumed in the present cycle")
    @ApiResponse(
            responseCode = "200",
            description = "Every meter of the plan, and any other that was used",
            content = @Content(schema = @Schema(implementation = UsageCycleJson.class)))
    public Response usageCycle(@Context Call call, @PathParam("customer") CustomerId customer) {
        return call.ok(UsageCycleJson.of(subscriptions.usageCycle(call.scope(), customer)));
    }

    @POST
    @Path("/usage-cycle/reset")
    @Requires("subscriptions:write")
    @Operation(
            operationId = "resetUsageCycle",
            summary = "Set the counters of the present cycle to zero",
            description = "What was charged stays charged, and the renewal date stays where it is.")
    @ApiResponse(
            responseCode = "200",
            description = "The cycle as it is now",
            content = @Content(schema = @Schema(implementation = UsageCycleJson.class)))
    public Response reset(@Context Call call, @PathParam("customer") CustomerId customer, @Nullable ReasonForm form) {
        Scope scope = call.scope();
        String reason = (form == null ? ReasonForm.EMPTY : form).reason();
        return call.once(
                () -> {
                    subscriptions.reset(scope, customer, reason);
                    return customer.toString();
                },
                id -> call.ok(UsageCycleJson.of(subscriptions.usageCycle(scope, customer))));
    }

    private Response changed(Call call, CustomerId customer, Supplier<Subscription> change) {
        return call.once(() -> change.get().id().toString(), id -> shown(call, customer));
    }

    private Response shown(Call call, CustomerId customer) {
        Subscription subscription = subscriptions.find(call.scope(), customer).orElseThrow(Problems::notFound);
        return call.ok(SubscriptionJson.of(subscription), subscription.version());
    }
}
