package org.bursar.rest.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.rest.Authenticator;
import org.bursar.rest.Caller;
import org.bursar.rest.PlatformGate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Admits bearers of the platform. It remembers whom it admitted, as hashes, so that figures can be read when the database is away,
 * which is when somebody wants them.
 */
@Component(service = PlatformGate.class)
public final class BearerGate implements PlatformGate {
    private static final long REMEMBERED_NANOS = Duration.ofHours(1).toNanos();
    private static final int MOST_REMEMBERED = 32;

    private final Map<String, Long> admitted = new LinkedHashMap<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Authenticator authenticator;

    @Override
    public boolean admits(HttpServletRequest request, HttpServletResponse response, String permission)
            throws IOException {
        try {
            check(request, permission, System.nanoTime());
            return true;
        } catch (ProblemException e) {
            if (e.problem().code().equals(Problems.METHOD_NOT_ALLOWED)) {
                response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
            }
            ProblemAnswer.write(response, e.problem());
            return false;
        }
    }

    private void check(HttpServletRequest request, String permission, long nanos) {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            throw new ProblemException(Problems.METHOD_NOT_ALLOWED, Problems.METHOD_NOT_ALLOWED.cure());
        }
        String token =
                Bearer.token(request.getHeader(HttpHeaders.AUTHORIZATION)).orElseThrow(BearerGate::unauthenticated);
        String mark = hash(permission + ' ' + token);
        try {
            Authenticator asked = authenticator;
            if (asked == null) {
                throw unavailable();
            }
            Caller caller = asked.authenticate(token, Optional.empty()).orElseThrow(BearerGate::unauthenticated);
            request.setAttribute(CallFilter.CALLER, caller.actor().id());
            if (!caller.platformAdmin() || !caller.may(permission)) {
                throw new ProblemException(
                        Problems.FORBIDDEN, "This needs a caller of the platform with " + permission + '.');
            }
            remember(mark, nanos);
        } catch (ProblemException e) {
            if (e.problem().code().status() != HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                forget(mark);
                throw e;
            }
            if (!remembered(mark, nanos)) {
                throw e;
            }
        } catch (DatabaseException e) {
            if (!e.unavailable() || !remembered(mark, nanos)) {
                throw unavailable();
            }
        }
    }

    private synchronized void remember(String mark, long nanos) {
        admitted.remove(mark);
        admitted.put(mark, nanos);
        if (admitted.size() > MOST_REMEMBERED) {
            admitted.remove(admitted.keySet().iterator().next());
        }
    }

    private synchronized void forget(String mark) {
        admitted.remove(mark);
    }

    private synchronized boolean remembered(String mark, long nanos) {
        Long at = admitted.get(mark);
        return at != null && nanos - at < REMEMBERED_NANOS;
    }

    private static ProblemException unauthenticated() {
        return new ProblemException(Problems.UNAUTHENTICATED, Problems.UNAUTHENTICATED.cure());
    }

    private static ProblemException unavailable() {
        return new ProblemException(Problems.UNAVAILABLE, "Nobody can be authenticated at the moment.");
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
