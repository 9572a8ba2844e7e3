package org.bursar.customers;

import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Finds customers by what people type, for lists of other capabilities that are searched by customer. */
@ProviderType
public interface CustomerSearch {
    /**
     * The customers whose name, or whose admin's e-mail, holds the text, in any case; the newest first, the deleted too until they
     * are erased. Joins the caller's transaction.
     *
     * @param text not empty
     * @param most how many are told at most, so that a text which many hold costs no more than one that few do
     */
    List<CustomerId> like(Scope scope, String text, int most);
}
