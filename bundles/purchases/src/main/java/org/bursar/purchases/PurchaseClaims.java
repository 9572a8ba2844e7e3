package org.bursar.purchases;

import java.util.Optional;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Payers say that they have deposited the money, and show a slip. */
@ProviderType
public interface PurchaseClaims {
    /** The most bytes of a slip. */
    int LARGEST_SLIP = 5 * 1024 * 1024;

    /** How many slips a purchase may have. */
    int MOST_SLIPS = 5;

    /**
     * Stores the slip; the purchase is under review from then on. Another slip may follow while nobody has decided, and after a
     * decline.
     *
     * @param fileName what the payer calls it, for people
     * @param content PDF, PNG or JPEG, whatever its name says
     * @param note at most 500 characters
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code not_manual}, {@code wrong_state}, {@code invalid},
     *     {@code too_large}, {@code unsupported_media_type}
     */
    Purchase claim(Scope scope, PurchaseId id, String fileName, byte[] content, Optional<String> note);

    /**
     * The last claim.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Claim last(Scope scope, PurchaseId id);

    /**
     * The last claim's slip.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Slip slip(Scope scope, PurchaseId id);
}
