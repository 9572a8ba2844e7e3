package org.bursar.credits;

import java.util.Iterator;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Seals over the ledger. A job makes them within a minute of the entries; whoever has a seal can tell whether an entry that it
 * covers was changed since. All but {@link #proof} is for scopes of the whole tenant; others are refused with {@code forbidden}.
 */
@ProviderType
public interface LedgerSeals {
    /** The tenant's seals, newest first. */
    Page<LedgerSeal> list(Scope scope, Page.Request request);

    /**
     * One seal.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    LedgerSeal get(Scope scope, long number);

    /**
     * The proof that an entry within the scope is sealed as it is.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}; {@link SealProblems#NOT_SEALED_YET} with {@code
     *     retryAfter}
     */
    EntryProof proof(Scope scope, CustomerId customer, long seq);

    /**
     * Everything that is sealed, as lines of NDJSON that the offline verifier reads. Each chunk is read in a transaction of its
     * own when it is asked for, at most a thousand entries, so a slow reader holds nothing.
     */
    Iterator<List<String>> export(Scope scope);

    /** Seals what is not sealed yet, now; the job does the same. Gives how many entries were sealed. */
    long seal(Scope scope);

    /**
     * Makes a new key, which signs from the next seal on; seals of former keys stay as they are. The scope is the platform's.
     *
     * @return the public key in base 64
     */
    String newKey(Scope scope);

    /** Recomputes every leaf from its entry, every root from its leaves, and checks chain and signatures. */
    Report check(Scope scope);

    /**
     * What was found.
     *
     * @param entries how many are sealed
     * @param faults empty when all is well; at most a thousand
     */
    record Report(long seals, long entries, List<Fault> faults) {
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
     * @param customer whose entry; null when it is in no one entry
     * @param what for an operator
     */
    record Fault(@Nullable CustomerId customer, String what) {}
}
