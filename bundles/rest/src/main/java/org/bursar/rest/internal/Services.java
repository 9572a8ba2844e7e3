package org.bursar.rest.internal;

import org.bursar.kernel.TenantDirectory;
import org.bursar.rest.Authenticator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What each request needs. The upper capabilities that implement it may come and go. */
@Component(service = Services.class, configurationPid = "org.bursar.rest")
public final class Services {
    private final Idempotency idempotency;
    private volatile int bodyLimitBytes;
    private final BodyBudget bodies = new BodyBudget();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Authenticator authenticator;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable TenantDirectory directory;

    @Activate
    public Services(@Reference Idempotency idempotency, RestConfig config) {
        this.idempotency = idempotency;
        bodyLimitBytes = config.body_limit_bytes();
    }

    /** What is served goes on; the next request finds the new limit. */
    @Modified
    void modified(RestConfig config) {
        bodyLimitBytes = config.body_limit_bytes();
    }

    Idempotency idempotency() {
        return idempotency;
    }

    int bodyLimitBytes() {
        return bodyLimitBytes;
    }

    BodyBudget bodies() {
        return bodies;
    }

    @Nullable
    Authenticator authenticator() {
        return authenticator;
    }

    @Nullable
    TenantDirectory directory() {
        return directory;
    }
}
