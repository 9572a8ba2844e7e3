package org.bursar.identity.internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for a new password soon after they were stored, outside the request: how long that takes, and
 * whether there is
 * anything to do, shows nobody whether the address is known. What is cut off is done by {@link PasswordResetJob}.
 */
@Component(service = ResetAnswers.class)
public final class ResetAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ResetAnswers.class);
    private static final int WAITING = 100;

    private final Passwords passwords;
    private final ThreadPoolExecutor executor;

    @Activate
    public ResetAnswers(@Reference Passwords passwords) {
        this.passwords = passwords;
        // one that does not fit is left to the job
        this.executor = new ThreadPoolExecutor(
                0,
                1,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                work -> {
                    Thread thread = new Thread(work, "bursar-password-resets");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Soon, on another thread. */
    public void soon(TenantId tenant) {
        executor.execute(() -> {
            try {
                passwords.answerResets(tenant);
            } catch (RuntimeException e) {
                LOG.warn("requests for a new password wait for the next turn of the job", e);
            }
        });
    }

    @Deactivate
    void close() {
        executor.shutdown();
    }
}
