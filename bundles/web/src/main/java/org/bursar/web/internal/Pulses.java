package org.bursar.web.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Pulse;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the capabilities that run now tell of changes: for many pages at once, with one question for all that look at the same. */
@Component(service = Pulses.class)
public final class Pulses {
    private static final Logger LOG = LoggerFactory.getLogger(Pulses.class);
    private static final Actor ACTOR = Actor.system("live");
    private static final int SHOWN = 9;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Pulse> pulses = List.of();

    /** For tests, which have no framework. */
    static Pulses of(List<Pulse> pulses) {
        Pulses made = new Pulses();
        made.pulses = List.copyOf(pulses);
        return made;
    }

    /** The permission that is needed to be told; empty when nobody tells of it now. */
    public Optional<String> permission(String about) {
        return pulses.stream()
                .filter(pulse -> pulse.about().equals(about))
                .findFirst()
                .map(Pulse::permission);
    }

    /** What each subject looks like now. One that cannot be asked is left out, and the others are not. */
    public Map<Subject, String> marks(Collection<Subject> subjects) {
        Map<Subject, String> marks = new HashMap<>();
        for (Pulse pulse : pulses) {
            Set<TenantId> whole = new HashSet<>();
            Map<TenantId, Set<CustomerId>> some = new HashMap<>();
            for (Subject subject : subjects) {
                if (subject.about().equals(pulse.about())) {
                    subject.customer()
                            .ifPresentOrElse(
                                    customer -> some.computeIfAbsent(subject.tenant(), any -> new HashSet<>())
                                            .add(customer),
                                    () -> whole.add(subject.tenant()));
                }
            }
            whole.forEach(tenant -> ask(() -> marks.put(
                    new Subject(tenant, Optional.empty(), pulse.about()), pulse.ofTenant(Scope.of(tenant, ACTOR)))));
            some.forEach((tenant, customers) -> ask(() -> {
                Map<CustomerId, String> each = pulse.ofCustomers(new Scope(tenant, Optional.of(customers), ACTOR));
                customers.forEach(customer -> marks.put(
                        new Subject(tenant, Optional.of(customer), pulse.about()), each.getOrDefault(customer, "")));
            }));
        }
        return marks;
    }

    private static void ask(Runnable question) {
        try {
            question.run();
        } catch (RuntimeException e) {
            LOG.debug("whether something has changed could not be asked", e);
        }
    }

    /** One short text for each thing that a page looks at, which tells nothing of it but that it is another than before. */
    public static Map<String, String> shown(Collection<Subject> subjects, Map<Subject, String> marks) {
        Map<String, StringBuilder> texts = new TreeMap<>();
        Set<String> unknown = new HashSet<>();
        subjects.stream()
                .sorted(java.util.Comparator.comparing(Subject::toString))
                .forEach(subject -> {
                    String mark = marks.get(subject);
                    if (mark == null) {
                        unknown.add(subject.about());
                    } else {
                        texts.computeIfAbsent(subject.about(), any -> new StringBuilder())
                                .append(mark)
                                .append('\n');
                    }
                });
        Map<String, String> shown = new TreeMap<>();
        texts.forEach((about, text) -> {
            if (!unknown.contains(about)) {
                shown.put(about, hashed(text.toString()));
            }
        });
        return shown;
    }

    private static String hashed(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(hash, SHOWN));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
