package org.bursar.credits;

import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Proves the ledger from its rows: every balance is the sum of its entries, every sequence is 1 to the last without a
 * gap, every entry's balance follows from the one before, what is held is the rests of the open holds, every positive
 * entry has its lot, what expired of a lot was posted, and the lots hold what the balance has above zero.
 */
@ProviderType
public interface LedgerVerification {
    /**
     * Walks every wallet within the scope; each is read in one snapshot, so that work going on meanwhile is no fault.
     */
    Report verify(Scope scope);

    /**
     * What was found.
     *
     * @param faults empty when all is well
     */
    record Report(long wallets, long entries, List<Fault> faults) {
        public Report {
            faults = List.copyOf(faults);
        }

        /** Whether nothing is wrong. */
        public boolean sound() {
            return faults.isEmpty();
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param what for an operator: what was found and what it should be
     */
    record Fault(CustomerId customer, String what) {}
}
