package org.bursar.payments.tck;

import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.SavedMethodRef;

/**
 * An account at the provider: what its merchant set up, what its payers do, and what can be counted. Payments are named by
 * the purchase's id, which the stub finds in its own metadata.
 */
public interface StubAccount {
    /**
     * The gateway's settings for this account, secrets among them in plain text; every secret has at least 12 characters that
     * nothing else contains. They differ between accounts.
     */
    Map<String, String> settings();

    /** How many checkouts the account has ever had. */
    int checkouts();

    /** What the payer of this purchase is asked for, as the provider read it from the gateway's request. */
    Money asked(String purchaseId);

    /** The payer pays, and the provider captures exactly this; where a checkout can be paid more than once, once more. */
    void pay(String purchaseId, Money amount);

    /** Something else happens to the payment. */
    void happens(String purchaseId, Event event);

    /** How many captured payments there are of a purchase. */
    int payments(String purchaseId);

    /** How many refunds there are of a purchase, whatever became of them. */
    default int refunds(String purchaseId) {
        throw new UnsupportedOperationException("the stub makes no refunds");
    }

    /** A method that the provider keeps for a payer; for a gateway with {@code SavedMethods}. */
    default SavedMethodRef savedMethod(Method method) {
        throw new UnsupportedOperationException("the stub keeps no methods");
    }

    /** The account's webhooks; empty: the provider has none, and the gateway rejects them as unsupported. */
    Optional<StubWebhooks> webhooks();

    /** What can happen to a payment. */
    enum Event {
        /** The payer's attempt is refused; the payer may try again. */
        DECLINE,
        /** The checkout ends unpaid. */
        EXPIRE,
        /** The payer came back from the checkout, and the money is on its way: nothing is captured yet. */
        PROCESS,
        /** The money that was on its way does not come. */
        FAIL,
        /** The provider begins to look at a payment, which it captured or not. */
        OPEN_REVIEW,
        /** The provider's review ends well. */
        APPROVE_REVIEW,
        /** The provider's review ends badly: the payment is refunded, or never captured. */
        REJECT_REVIEW,
        /** The payer's bank takes the money back. */
        OPEN_DISPUTE,
        /** The merchant gets it back. */
        WIN_DISPUTE,
        /** The merchant does not. */
        LOSE_DISPUTE,
        /** Refunds that come from now on stay pending. */
        HOLD_REFUNDS,
        /** The pending refunds fail. */
        FAIL_REFUNDS,
        /** The provider shows a status that it never had before. */
        SHOW_UNKNOWN_STATUS
    }

    /** How a saved method behaves. */
    enum Method {
        /** It can be charged. */
        GOOD,
        /** The payer must confirm each charge. */
        NEEDS_AUTHENTICATION,
        /** The bank refuses. */
        DECLINED,
        /** The provider no longer has it. */
        GONE
    }
}
