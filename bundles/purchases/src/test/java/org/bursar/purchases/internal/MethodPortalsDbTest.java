package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.SavedMethodId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.CustomerPortal;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.SavedMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The provider's pages: who is led there, and what is said when nobody can be. */
class MethodPortalsDbTest extends TopUpTestBase {
    private static final URI THERE = URI.create("https://pages.example/visit/1");

    /** A provider that has such pages. */
    private static final class Pages extends FakeProvider implements CustomerPortal {
        interface Answer {
            URI give(GatewayContext context, String customer, URI returnTo) throws GatewayException;
        }

        volatile Answer answer = (context, payer, returnTo) -> THERE;

        Pages() {
            super(World.PROVIDER);
        }

        @Override
        public URI portal(GatewayContext context, String providerCustomerId, URI returnTo) throws GatewayException {
            return answer.give(context, providerCustomerId, returnTo);
        }
    }

    private final Pages pages = new Pages();

    @BeforeEach
    void showPages() {
        world.services.register(World.PROVIDER, pages);
    }

    @AfterEach
    void restore() {
        world.services.register(World.PROVIDER, provider);
    }

    private boolean manageable() {
        SavedMethod present = world.topUps.method(scope, method.id());
        return world.portals.manageable(List.of(present)).contains(present.id());
    }

    private URI visit(Scope caller, SavedMethodId id) {
        world.database.run(caller, () -> world.portals.plan(caller, id));
        return world.portals.visit(caller, id);
    }

    private void refused(Scope caller, String code, Consumer<Problem> more) {
        assertThatThrownBy(() -> visit(caller, method.id())).satisfies(thrown -> {
            Problem problem = ((ProblemException) thrown).problem();
            assertThat(problem.code().code()).isEqualTo(code);
            more.accept(problem);
        });
    }

    private void refused(String code) {
        refused(scope, code, problem -> {});
    }

    @Test
    void theProviderIsAskedForThePayersOwnPagesAndLeadsBackToTheAccount() {
        List<String> asked = new CopyOnWriteArrayList<>();
        pages.answer = (context, payer, returnTo) -> {
            asked.add(String.join(" ", context.tenantId(), context.mode().name(), payer, returnTo.toString()));
            return THERE;
        };
        assertThat(manageable()).isTrue();
        assertThat(visit(scope.only(customer), method.id())).isEqualTo(THERE);
        assertThat(visit(scope, method.id())).isEqualTo(THERE);
        String mode = method.live() ? "LIVE" : "TEST";
        String wanted = scope.tenant() + " " + mode + " cus_1 http://" + World.HOST + ":8080/account";
        assertThat(asked).containsExactly(wanted, wanted);
    }

    @Test
    void anothersMethodIsNotThere() {
        CustomerId neighbour = world.customer(scope);
        for (Scope stranger : List.of(scope.only(neighbour), world.tenant())) {
            assertThatThrownBy(() -> world.database.run(stranger, () -> world.portals.plan(stranger, method.id())))
                    .hasMessageContaining("There is no such thing here");
            assertThatThrownBy(() -> world.portals.visit(stranger, method.id()))
                    .hasMessageContaining("There is no such thing here");
        }
    }

    @Test
    void aGatewayWithoutSuchPagesIsRefusedBeforeAnythingIsRecorded() {
        world.services.register(World.PROVIDER, provider);
        assertThat(manageable()).isFalse();
        refused("no_portal");
        assertThat(world.audited).noneMatch(one -> one.endsWith(method.id().toString()) && one.contains("visit"));
        assertThatThrownBy(() -> world.portals.visit(scope, method.id()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(PurchasesProblems.NO_PORTAL));
    }

    @Test
    void aGatewayThatIsGoneOrIsBeingReplacedIsNoPlaceToGo() {
        world.services.unregister(World.PROVIDER);
        assertThat(manageable()).isFalse();
        refused("gateway_unavailable");
        world.services.register(World.PROVIDER, pages);
        assertThat(manageable()).isTrue();
        try (var pause = world.calls.pause(World.PROVIDER)) {
            assertThat(pause).isNotNull();
            assertThat(manageable()).isFalse();
            refused("gateway_unavailable");
        }
        assertThat(visit(scope, method.id())).isEqualTo(THERE);
    }

    @Test
    void aRemovedMethodHasNone() {
        world.topUps.forget(scope, method.id());
        assertThat(manageable()).isFalse();
        refused("no_portal");
    }

    @Test
    void whatAProviderSaysIsForTheTenantsPeopleAlone() {
        pages.answer = (context, payer, returnTo) -> {
            throw new GatewayException(Kind.NOT_FOUND, "no such customer: cus_1");
        };
        refused(scope, "no_portal", problem -> assertThat(problem.detail()).contains("cus_1"));
        refused(
                scope.only(customer),
                "no_portal",
                problem -> assertThat(problem.detail()).doesNotContain("cus_1"));
    }

    @Test
    void whoIsNotReachedIsAskedAgainLater() {
        pages.answer = (context, payer, returnTo) -> {
            throw new GatewayException(Kind.RATE_LIMITED, "slow down", null, Duration.ofSeconds(42));
        };
        refused(
                scope,
                "unavailable",
                problem -> assertThat(problem.extensions()).containsEntry("retryAfter", 42L));
        pages.answer = (context, payer, returnTo) -> {
            throw new GatewayException(Kind.NOT_EXECUTED, "connection refused");
        };
        refused("unavailable");
        pages.answer = (context, payer, returnTo) -> {
            throw new LinkageError("half of it is gone");
        };
        refused("unavailable");
    }

    @Test
    void whoDoesNotAnswerHoldsNobodyUp() {
        CountDownLatch over = new CountDownLatch(1);
        pages.answer = (context, payer, returnTo) -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return THERE;
        };
        try {
            refused("unavailable");
        } finally {
            over.countDown();
        }
    }

    @Test
    void payersAreSentToNoOtherScheme() {
        for (String address :
                List.of("http://pages.example/visit", "javascript:alert(1)", "/visit", "https:///visit")) {
            pages.answer = (context, payer, returnTo) -> URI.create(address);
            refused("no_portal");
        }
        pages.answer = (context, payer, returnTo) -> URI.create("https://pages.example/" + "x".repeat(2_000));
        refused("no_portal");
    }

    @Test
    void goingThereIsInTheAuditLog() {
        visit(scope.only(customer), method.id());
        assertThat(world.audited).contains("saved-method.visit " + method.id());
    }
}
