package org.bursar.identity.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bursar.identity.EmailChange;
import org.bursar.identity.KnownCustomers;
import org.bursar.identity.SeatLimit;
import org.bursar.identity.SignInRule;
import org.bursar.identity.TenantAddress;
import org.bursar.identity.UserChats;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.mail.SenderBrand;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * What upper capabilities tell identity. They start after it and may come and go, so these references are dynamic,
 * and for that
 * fields: were they constructor parameters, sign-in would restart whenever one of them does.
 */
@Component(service = Neighbours.class, configurationPid = "org.bursar.identity")
public final class Neighbours {
    private static final String CUSTOMERS = "customers";
    private static final String PLANS = "plans";

    private final Set<String> asks;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable SeatLimit seatLimit;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable SignInRule signInRule;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable KnownCustomers knownCustomers;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable TenantAddress tenantAddress;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable SenderBrand senderBrand;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable TenantDirectory directory;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UserChats userChats;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile List<EmailChange> emailChanges = List.of();

    @Activate
    public Neighbours(IdentityConfig config) {
        this(Arrays.stream(config.asks())
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(String::strip)
                .toArray(String[]::new));
    }

    /** With the capabilities that must be asked. */
    public Neighbours(String... asks) {
        this.asks = Set.of(asks);
    }

    /** Who would refuse is not there, which is no permission. */
    private void requireAsked(String capability) {
        if (asks.contains(capability)) {
            throw new ProblemException(
                    Problems.UNAVAILABLE, "Not running at the moment, and it must be asked: " + capability + ".");
        }
    }

    OptionalInt seats(Scope scope, CustomerId customer) {
        SeatLimit service = seatLimit;
        if (service == null) {
            requireAsked(PLANS);
            return OptionalInt.empty();
        }
        return service.seats(scope, customer);
    }

    Optional<ProblemCode> signInRefusal(Scope scope, CustomerId customer) {
        SignInRule service = signInRule;
        if (service == null) {
            requireAsked(CUSTOMERS);
            return Optional.empty();
        }
        return service.refusal(scope, customer);
    }

    /** How much each of these users chats; empty when nobody knows. */
    public Map<UserId, UserChats.Count> chats(Scope scope, Collection<UserId> users) {
        UserChats service = userChats;
        return service == null || users.isEmpty() ? Map.of() : service.counts(scope, users);
    }

    Set<CustomerId> subAccounts(Scope scope, CustomerId parent) {
        KnownCustomers service = knownCustomers;
        return service == null ? Set.of() : service.subAccounts(scope, parent);
    }

    Optional<ProblemCode> refusesNewUsers(Scope scope, CustomerId customer) {
        KnownCustomers service = knownCustomers;
        if (service == null) {
            requireAsked(CUSTOMERS);
            return Optional.empty();
        }
        return service.refusesNewUsers(scope, customer);
    }

    /** Empty when nobody knows. */
    Optional<Boolean> customerExists(Scope scope, CustomerId customer) {
        KnownCustomers service = knownCustomers;
        return service == null ? Optional.empty() : Optional.of(service.exists(scope, customer));
    }

    void emailChanged(Scope scope, CustomerId customer, UserId user, String email) {
        List<EmailChange> listeners = emailChanges;
        if (listeners.isEmpty()) {
            requireAsked(CUSTOMERS);
        }
        listeners.forEach(listener -> listener.changed(scope, customer, user, email));
    }

    Optional<String> host(TenantId tenant) {
        TenantAddress service = tenantAddress;
        return service == null || tenant.equals(Scope.PLATFORM) ? Optional.empty() : service.host(tenant);
    }

    /** While the directory is not there nobody can tell; what is served to customers then waits for it by itself. */
    boolean suspended(TenantId tenant) {
        TenantDirectory service = directory;
        return service != null && service.suspended(tenant);
    }

    Optional<String> brandName(TenantId tenant) {
        SenderBrand service = senderBrand;
        return service == null || tenant.equals(Scope.PLATFORM)
                ? Optional.empty()
                : service.sender(tenant).map(SenderBrand.Sender::name);
    }
}
