package org.bursar.gatewaydeployment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bursar.gatewaydeployment.internal.sql.ApprovalRow;
import org.bursar.kernel.Actor;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApprovalsDbTest {
    private static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "operator", "operator");
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final TestDatabase postgres = TestDatabase.fresh();
    private final List<String> audited = new ArrayList<>();
    private final GatewayJar one = jar('1', "1.0.0");
    private final GatewayJar two = jar('2', "2.0.0");

    private static GatewayJar jar(char digit, String version) {
        return new GatewayJar(
                "pay-" + version + ".jar",
                String.valueOf(digit).repeat(64),
                "pay",
                "com.example.pay",
                version,
                "[1.0,2)",
                null,
                null);
    }

    private Approvals at(Duration later) {
        return new Approvals(
                postgres.database(),
                (scope, action, subject, customer, before, after) -> audited.add(
                        action + ' ' + subject.charAt(0) + ' ' + scope.actor().id()),
                Clock.fixed(NOON.plus(later), ZoneOffset.UTC));
    }

    private ApprovalRow row(GatewayJar jar) {
        return at(Duration.ZERO).of(Set.of(jar.digest())).get(jar.digest());
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void anApprovalIsOfADigestAndAudited() {
        assertThat(row(one)).isNull();
        at(Duration.ZERO).approve(OPERATOR, one);
        assertThat(row(one).chosenAt()).isEqualTo(NOON);
        assertThat(row(two)).isNull();
        assertThat(audited).containsExactly("gateway.approve 1 operator");
    }

    @Test
    void whatIsNotApprovedCannotBeChosen() {
        assertThat(at(Duration.ZERO).choose(OPERATOR, one)).isFalse();
        assertThat(audited).isEmpty();
        at(Duration.ZERO).approve(OPERATOR, one);
        assertThat(at(Duration.ofHours(1)).choose(OPERATOR, one)).isTrue();
        assertThat(row(one).chosenAt()).isEqualTo(NOON.plusSeconds(3600));
    }

    @Test
    void quarantineLastsUntilSomebodyApprovesAgain() {
        at(Duration.ZERO).approve(OPERATOR, one);
        at(Duration.ZERO).quarantine(one.digest(), "it hung " + "x".repeat(5_000));
        at(Duration.ofHours(1)).quarantine(one.digest(), "again");
        assertThat(row(one).quarantine()).startsWith("it hung").hasSize(1_000);
        at(Duration.ofHours(2)).approveNew(List.of(one));
        assertThat(row(one).quarantine()).isNotNull();
        at(Duration.ofHours(2)).approve(OPERATOR, one);
        assertThat(row(one).quarantine()).isNull();
        assertThat(audited)
                .containsExactly(
                        "gateway.approve 1 operator",
                        "gateway.quarantine 1 gateway-deployment",
                        "gateway.approve 1 operator");
    }

    @Test
    void approvedByItselfIsWhatNobodyHasJudged() {
        at(Duration.ZERO).approve(OPERATOR, one);
        at(Duration.ofHours(1)).approveNew(List.of(two, one));
        assertThat(row(one).chosenAt()).isEqualTo(NOON);
        assertThat(row(two).chosenAt()).isEqualTo(NOON.plusSeconds(3600));
        assertThat(audited).containsExactly("gateway.approve 1 operator", "gateway.approve 2 gateway-deployment");
    }
}
