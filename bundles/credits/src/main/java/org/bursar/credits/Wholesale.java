package org.bursar.credits;

import java.math.BigDecimal;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a tenant has with the platform: a wallet of the tenant's own, out of which its holds are paid at the platform's rate. Where the
 * platform has opened none, holds ask for none. A scope that is limited to customers gets {@code forbidden} from all of it. Every
 * method joins the caller's transaction or opens one.
 */
@ProviderType
public interface Wholesale {
    /**
     * A tenant's wholesale wallet.
     *
     * @param rate what a unit of the customers' wallets costs, in the unit of this one
     * @param version counts changes; the ETag
     */
    record Account(TenantId tenant, BigDecimal rate, Balance balance, long version) {}

    /** What the platform sets; the unit is that of the wallet once it is there. */
    record Terms(String unit, BigDecimal rate, BigDecimal overdraft) {}

    /** The id of a tenant's wholesale wallet, as {@link Wallets} and {@link Ledger} take it; no customer has it. */
    static CustomerId walletOf(TenantId tenant) {
        return new CustomerId(tenant.uuid());
    }

    /**
     * The wallet of the scope's tenant.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when the platform has opened none
     */
    Account get(Scope scope);

    /**
     * Its ledger, newest first.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when the platform has opened none
     */
    Page<LedgerEntry> entries(Scope scope, Page.Request request);

    /**
     * Opens the wallet of the scope's tenant, or changes its terms: for the platform. A hold keeps the rate of its placing. What is
     * recorded in the audit log says who.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid}, also when the unit is another one than the wallet's
     */
    Account set(Scope scope, Terms terms);

    /**
     * Adds or deducts, and records in the audit log who did: for the platform. A deduction is guarded.
     *
     * @param key the same key adjusts once; a repeated one answers the first entry
     * @throws org.bursar.kernel.ProblemException {@code invalid}; {@code not_found} when there is no wallet; {@link
     *     CreditsProblems#INSUFFICIENT_CREDITS}; {@link CreditsProblems#BALANCE_OUT_OF_RANGE}
     */
    LedgerEntry adjust(Scope scope, Adjustment adjustment, UUID key);
}
