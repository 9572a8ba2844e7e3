package org.bursar.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bursar.payments.spi.ChangeFeed.Changes;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.junit.jupiter.api.Test;

/** The list of events, which makes up for those that never came. */
class StripeFeedTest extends StripeTestBase {
    private static final int PAGE = 100;

    private Changes changes(Optional<String> cursor, Duration later) throws GatewayException {
        return gateway.changes(context.at(Calls.NOW.plus(later)), cursor, PAGE);
    }

    private Changes changes(Optional<String> cursor) throws GatewayException {
        return changes(cursor, Duration.ofMinutes(10));
    }

    @Test
    void whatChangedIsListedOldestFirstAndOnce() throws GatewayException {
        PaymentRef first = paid("pur_1");
        PaymentRef second = paid("pur_2");
        Changes all = changes(Optional.empty());
        assertThat(all.refs()).containsExactly(first, second);
        assertThat(changes(Optional.of(all.nextCursor())).refs()).isEmpty();

        account.payer().refund(intent(second), 100, "succeeded");
        account.payer().dispute(intent(first), "needs_response");
        Changes more = changes(Optional.of(all.nextCursor()));
        assertThat(more.refs()).containsExactly(Refs.intent(intent(second)), Refs.intent(intent(first)));
        assertThat(fetched(more.refs().get(1)).disputes())
                .singleElement()
                .satisfies(dispute -> assertThat(dispute.status()).isEqualTo(DisputeStatus.OPEN));
        assertThat(fetched(more.refs().get(0)).purchaseId()).hasValue("pur_2");
    }

    @Test
    void anEventThatIsStillYoungIsShownAgainUntilNothingCanComeBeforeIt() throws GatewayException {
        PaymentRef first = paid("pur_1");
        Changes young = changes(Optional.empty(), Duration.ofSeconds(30));
        assertThat(young.refs()).containsExactly(first);
        PaymentRef second = paid("pur_2");
        Changes again = changes(Optional.of(young.nextCursor()));
        assertThat(again.refs()).containsExactly(first, second);
        assertThat(changes(Optional.of(again.nextCursor())).refs()).isEmpty();
    }

    @Test
    void manyAreReadPageByPageWithoutAGap() throws GatewayException {
        PaymentRef paid = paid("pur_1");
        String cursor = changes(Optional.empty()).nextCursor();
        for (int i = 0; i < 7; i++) {
            account.payer().refund(intent(paid("pur_more" + i)), 100, "succeeded");
        }
        Instant later = Calls.NOW.plusSeconds(600);
        int seen = 0;
        Changes page = gateway.changes(context.at(later), Optional.of(cursor), 3);
        while (!page.refs().isEmpty()) {
            assertThat(page.refs()).hasSizeLessThanOrEqualTo(3).doesNotContain(paid);
            seen += page.refs().size();
            page = gateway.changes(context.at(later), Optional.of(page.nextCursor()), 3);
        }
        assertThat(seen).isEqualTo(14);
    }

    @Test
    void theFirstTimeReachesBackADay() throws GatewayException {
        PaymentRef paid = paid("pur_1");
        assertThat(changes(Optional.empty(), Duration.ofHours(23)).refs()).containsExactly(paid);
        Changes late = changes(Optional.empty(), Duration.ofHours(25));
        assertThat(late.refs()).isEmpty();
        // and goes on from there, although there was nothing to go on from
        assertThat(late.nextCursor()).isEqualTo("@" + (Calls.NOW.getEpochSecond() + 25 * 3_600 - 60));
    }

    @Test
    void aCursorThatStripeHasForgottenIsReplacedByItsTime() throws GatewayException {
        PaymentRef paid = paid("pur_1");
        String forgotten = "evt_forgotten@" + Calls.NOW.getEpochSecond();
        assertThat(changes(Optional.of(forgotten)).refs()).containsExactly(paid);
        assertThat(changes(Optional.of("evt_forgotten@" + (Calls.NOW.getEpochSecond() + 1)))
                        .refs())
                .isEmpty();
        refused(Kind.INVALID_REQUEST, () -> changes(Optional.of("somebody else's")));
    }

    @Test
    void onlyEventsOfPaymentsAreAskedFor() throws GatewayException {
        changes(Optional.empty());
        assertThat(stripe.requests()).singleElement().satisfies(request -> {
            assertThat(request.route()).isEqualTo("GET /v1/events");
            assertThat(request.form().path("types")).hasSizeLessThanOrEqualTo(20);
            assertThat(Webhooks.TYPES)
                    .containsAll(List.copyOf(request.form()
                            .path("types")
                            .valueStream()
                            .map(node -> node.asText())
                            .toList()));
        });
    }
}
