package org.bursar.payments.tck.specimen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.PaymentGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;

/** The contract tests are worth what they see: each mutant turns the cases red that are named with it. */
class MutantsTest {
    private static Mutant present;

    /** Run by the launcher alone: its name is none that the build looks for. */
    static final class Mutated extends ProviderGatewayTckTest {
        @Override
        protected PaymentGateway gateway() {
            return present == null ? super.gateway() : present.gateway();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMutantTurnsItsCasesRed(Mutant mutant) {
        Map<Integer, TestExecutionResult> results = results(mutant, mutant.seenBy());

        assertThat(results.keySet()).isEqualTo(mutant.seenBy());
        results.forEach((number, result) -> assertRed("case " + number + " of " + mutant, result));
    }

    /** Red for an assertion, or for what the gateway threw where it had no reason to; not for a fault of the tests. */
    static void assertRed(String what, TestExecutionResult result) {
        assertThat(result.getStatus()).as(what).isEqualTo(Status.FAILED);
        assertThat(result.getThrowable().orElseThrow()).isInstanceOfAny(AssertionError.class, GatewayException.class);
    }

    @Test
    void withoutAMutationTheSameCasesAreGreen() {
        Set<Integer> all = Stream.of(Mutant.values())
                .flatMap(mutant -> mutant.seenBy().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<Integer, TestExecutionResult> results = results(null, all);

        assertThat(results.keySet()).isEqualTo(all);
        results.forEach((number, result) ->
                assertThat(result.getStatus()).as("case " + number).isEqualTo(Status.SUCCESSFUL));
    }

    private static Map<Integer, TestExecutionResult> results(Mutant mutant, Set<Integer> cases) {
        present = mutant;
        try {
            return CaseRun.of(Mutated.class, cases);
        } finally {
            present = null;
        }
    }
}
