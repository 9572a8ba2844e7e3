package org.bursar.payments.spi;

import java.net.URI;
import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A purchase to be paid. It was stored before the call; a repeated call gets an equal one. */
@ProviderType
public interface CheckoutRequest {
    /** The purchase: goes into the provider's metadata. */
    String purchaseId();

    /** The purchase's short number, unique in the tenant, such as {@code PUR-10482}: for people, as a payment's reference. */
    String number();

    /** The same for every repetition of this call; goes to the provider as it is. */
    IdempotencyKey key();

    /** What is to be paid: greater than zero, in a currency that {@link GatewayDescriptor#currencies()} allows. */
    Money amount();

    /** What is bought, one line of plain text. */
    String title();

    /** Where the payer comes back to after paying: a page of the tenant's own. That somebody came back proves nothing. */
    URI success();

    /** Where the payer comes back to without paying. */
    URI cancel();

    /**
     * How often it renews, for plans; empty for what is paid once. A gateway without {@link GatewayDescriptor.Feature#SUBSCRIPTION}
     * refuses it as {@link GatewayException.Kind#UNSUPPORTED} and never takes it for a single payment.
     */
    Optional<Period> interval();

    /** The payer's id at the provider, where an earlier payment made one. */
    Optional<String> providerCustomerId();

    /** The payer's e-mail address, where one is known. */
    Optional<String> payerEmail();

    /** In which language the payer reads. */
    Locale locale();

    /** Whether the provider is to keep the method for {@link SavedMethods#charge}. */
    boolean saveMethod();

    /**
     * How long the payer has. Providers compare a repeated request with the first: an end that is counted from the present differs
     * between the two, so send a duration, or count from a time that the provider made and repeats.
     */
    Duration expiresIn();

    /** Further pairs for the provider's metadata; keys and values of at most 200 ASCII characters. */
    Map<String, String> metadata();
}
