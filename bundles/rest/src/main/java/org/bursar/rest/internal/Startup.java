package org.bursar.rest.internal;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bursar.kernel.Problem;
import org.bursar.kernel.Problems;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.ServletContextDTO;
import org.osgi.service.servlet.runtime.dto.ServletDTO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether every required capability has been served since this start. Until then a path that nobody serves may only be late, so the
 * answer is 503 and a client tries again; from then on it is 404.
 */
@Component(service = Startup.class, configurationPid = "org.bursar.rest")
public final class Startup {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    /** The attribute of a request that came before the start was over. */
    static final String EARLY = Startup.class.getName() + ".early";

    private static final String OURS = "org.bursar.";
    private static final long PATIENCE_SECONDS = 10;

    private volatile Set<String> required = Set.of();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch last = new CountDownLatch(1);
    private volatile boolean over;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable HttpServiceRuntime runtime;

    @Activate
    public Startup(RestConfig config) {
        changed(config);
    }

    /** Takes new settings as it is: what stands stays. */
    @Modified
    void changed(RestConfig config) {
        Set<String> names = new HashSet<>();
        for (String name : config.required()) {
            names.add(OURS + name);
        }
        required = names;
    }

    /** Whether the start is over; once it is, it stays so. */
    boolean over() {
        HttpServiceRuntime container = runtime;
        if (!over && container != null) {
            // what the container has taken up, which is a moment after it was offered
            Set<String> served = new HashSet<>();
            for (ServletContextDTO context : container.getRuntimeDTO().servletContextDTOs) {
                for (ServletDTO servlet : context.servletDTOs) {
                    served.add(servlet.name);
                }
            }
            over = served.containsAll(required);
        }
        return over;
    }

    /** The gate is about to see requests. */
    void gateStands() {
        gate.countDown();
    }

    /** The servlet for all that nobody else serves is there, which the container takes up after the gate. */
    void lastStands() {
        last.countDown();
    }

    /** Returns when the gate stands, which is at once but for the first moment. */
    void awaitGate() {
        try {
            if (!gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || !last.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a request was let in although nobody checks requests yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A path that nobody serves yet. */
    Problem late() {
        return Problem.of(Problems.UNAVAILABLE, "The platform is starting.");
    }

    /** Sends 503 where the container, which finds no servlet yet, would send 404. */
    HttpServletResponse patient(HttpServletResponse response, Refusal refusal) {
        return over() ? response : new Patient(response, refusal);
    }

    /** How a problem is sent. */
    interface Refusal {
        void send(HttpServletResponse response, Problem problem) throws IOException;
    }

    private final class Patient extends HttpServletResponseWrapper {
        private final HttpServletResponse response;
        private final Refusal refusal;

        Patient(HttpServletResponse response, Refusal refusal) {
            super(response);
            this.response = response;
            this.refusal = refusal;
        }

        @Override
        public void sendError(int status) throws IOException {
            if (status == SC_NOT_FOUND) {
                refusal.send(response, late());
            } else {
                super.sendError(status);
            }
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            if (status == SC_NOT_FOUND) {
                refusal.send(response, late());
            } else {
                super.sendError(status, message);
            }
        }
    }
}
