package org.bursar.identity.internal;

import java.time.Duration;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Answers requests for a new password that a stopped node left behind. */
@Component(service = RecurringJob.class)
public final class PasswordResetJob implements RecurringJob {
    private final Passwords passwords;
    private final TenantDirectory tenants;

    @Activate
    public PasswordResetJob(@Reference Passwords passwords, @Reference TenantDirectory tenants) {
        this.passwords = passwords;
        this.tenants = tenants;
    }

    @Override
    public String name() {
        return "password-resets";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        passwords.answerResets(Scope.PLATFORM);
        tenants.all().forEach(passwords::answerResets);
    }
}
