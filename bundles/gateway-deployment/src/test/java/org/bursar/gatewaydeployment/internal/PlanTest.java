package org.bursar.gatewaydeployment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bursar.gatewaydeployment.internal.sql.ApprovalRow;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final GatewayJar ONE = jar("d1", "pay", "1.0.0", null);
    private static final GatewayJar TWO = jar("d2", "pay", "2.0.0", null);

    private static GatewayJar jar(String digest, String name, String version, String fault) {
        return new GatewayJar(digest + ".jar", digest, name, name, version, "[1.0,2)", null, fault);
    }

    private static ApprovalRow approved(GatewayJar jar, int chosen, String quarantine) {
        return new ApprovalRow(
                jar.digest(), jar.symbolicName(), jar.version(), Instant.ofEpochSecond(chosen), quarantine);
    }

    private static Plan plan(List<GatewayJar> present, Map<String, String> running, ApprovalRow... approvals) {
        Map<String, ApprovalRow> byDigest =
                Arrays.stream(approvals).collect(Collectors.toMap(ApprovalRow::digest, Function.identity()));
        return Plan.of(present, byDigest, running);
    }

    @Test
    void whatNobodyApprovedDoesNotRun() {
        assertThat(plan(List.of(ONE), Map.of()).wanted()).isEmpty();
        assertThat(plan(List.of(ONE), Map.of("pay", "d1")).wanted()).isEmpty();
    }

    @Test
    void aNewVersionWaitsWhileTheOldOneGoesOn() {
        assertThat(plan(List.of(ONE, TWO), Map.of("pay", "d1"), approved(ONE, 1, null))
                        .digest("pay"))
                .contains("d1");
    }

    @Test
    void theOneChosenLastRunsEvenIfItIsTheOlder() {
        assertThat(plan(List.of(ONE, TWO), Map.of(), approved(ONE, 1, null), approved(TWO, 2, null))
                        .digest("pay"))
                .contains("d2");
        assertThat(plan(List.of(ONE, TWO), Map.of("pay", "d2"), approved(ONE, 3, null), approved(TWO, 2, null))
                        .digest("pay"))
                .contains("d1");
    }

    @Test
    void chosenAtOnceTheHigherVersionRuns() {
        assertThat(plan(List.of(TWO, ONE), Map.of(), approved(ONE, 1, null), approved(TWO, 1, null))
                        .digest("pay"))
                .contains("d2");
    }

    @Test
    void quarantineKeepsItFromBeingStartedButDoesNotStopIt() {
        assertThat(plan(List.of(ONE), Map.of(), approved(ONE, 1, "it hung")).wanted())
                .isEmpty();
        assertThat(plan(List.of(ONE), Map.of("pay", "d1"), approved(ONE, 1, "it hung elsewhere"))
                        .digest("pay"))
                .contains("d1");
        assertThat(plan(List.of(ONE, TWO), Map.of("pay", "d1"), approved(ONE, 1, null), approved(TWO, 2, "it hung"))
                        .digest("pay"))
                .contains("d1");
    }

    @Test
    void whatIsNotThereIsNotWanted() {
        assertThat(plan(List.of(ONE), Map.of("pay", "d2"), approved(ONE, 1, null), approved(TWO, 2, null))
                        .digest("pay"))
                .contains("d1");
        assertThat(plan(List.of(), Map.of("pay", "d2"), approved(TWO, 2, null)).wanted())
                .isEmpty();
    }

    @Test
    void aJarThatBreaksARuleDoesNotRunAlthoughItWasApproved() {
        GatewayJar unsound = jar("d1", "pay", "1.0.0", "it exports a package");
        assertThat(plan(List.of(unsound), Map.of("pay", "d1"), approved(unsound, 1, null))
                        .wanted())
                .isEmpty();
    }
}
