package org.bursar.payments.tck.specimen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.tck.GatewayTck;
import org.bursar.payments.tck.ProviderStub;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;

/** What the specimen does not claim, shown by a gateway that claims it: no case is one that nothing has ever passed. */
class VersatileTckTest {
    private static PaymentGateway tested = new VersatileGateway();

    /** Run by the launcher alone. */
    static final class Versatile extends GatewayTck {
        @Override
        protected PaymentGateway gateway() {
            return tested;
        }

        @Override
        protected ProviderStub provider() throws IOException {
            return new VersatileProvider();
        }
    }

    private static Map<Integer, TestExecutionResult> results(PaymentGateway gateway, Set<Integer> cases) {
        tested = gateway;
        return CaseRun.of(Versatile.class, cases);
    }

    @Test
    void everyCaseOutsideAFrameworkIsPassedAndNoneLeftOut() {
        Set<Integer> cases = IntStream.rangeClosed(1, 43)
                .filter(number -> number < 40 || number > 42)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        Map<Integer, TestExecutionResult> results = results(new VersatileGateway(), cases);

        assertThat(results.keySet()).isEqualTo(cases);
        results.forEach((number, result) -> assertThat(result.getStatus())
                .as("case " + number + " " + result.getThrowable().orElse(null))
                .isEqualTo(Status.SUCCESSFUL));
    }

    @Test
    void aChargeThatNeedsThePayerMustSaySo() {
        assertRed(31, new VersatileGateway() {
            @Override
            DeclineCode chargeCode(String code) {
                return DeclineCode.CARD_DECLINED;
            }
        });
    }

    @Test
    void aReviewThatIsNotShownIsSeen() {
        assertRed(27, new VersatileGateway() {
            @Override
            PaymentSnapshot snapshot(Map<String, Object> payment) {
                return super.snapshot(payment).withReviewOpen(false);
            }
        });
    }

    @Test
    void aSecondPaymentThatIsNotShownIsSeen() {
        assertRed(34, new VersatileGateway() {
            @Override
            PaymentSnapshot snapshot(Map<String, Object> payment) {
                PaymentSnapshot shown = super.snapshot(payment);
                return PaymentSnapshot.of(
                        shown.ref(),
                        shown.phase(),
                        shown.mode(),
                        shown.purchaseId(),
                        money(Json.number(payment, "amount"), shown.captured().currency()));
            }
        });
    }

    @Test
    void aFacetThatDoesNothingIsSeen() {
        assertRed(43, new VersatileGateway() {
            @Override
            public PaymentSnapshot cancel(GatewayContext context, PaymentRef ref, IdempotencyKey key)
                    throws GatewayException {
                return fetch(context, ref);
            }
        });
    }

    private static void assertRed(int number, PaymentGateway mutant) {
        MutantsTest.assertRed("case " + number, results(mutant, Set.of(number)).get(number));
    }
}
