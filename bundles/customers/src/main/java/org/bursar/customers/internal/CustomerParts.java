package org.bursar.customers.internal;

import java.util.Comparator;
import java.util.List;
import org.bursar.customers.CustomerPart;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/** The parts that are there just now, and whether those are that must be. */
@Component(service = CustomerParts.class, configurationPid = "org.bursar.customers")
@Designate(ocd = CustomersConfig.class)
public final class CustomerParts {
    private final Whiteboard<CustomerPart> parts = new Whiteboard<>();
    private volatile List<String> required;

    @Activate
    public CustomerParts(CustomersConfig config) {
        this(CustomersSettings.of(config));
    }

    /** Takes another configuration. */
    @Modified
    void configure(CustomersConfig config) {
        required = CustomersSettings.of(config).parts();
    }

    CustomerParts(CustomersSettings settings) {
        required = settings.parts();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addPart(ComponentServiceObjects<CustomerPart> part) {
        parts.add(part);
    }

    void removePart(ComponentServiceObjects<CustomerPart> part) {
        parts.remove(part);
    }

    /** Those that are there, in their order. */
    List<CustomerPart> present() {
        return parts.present().stream()
                .sorted(Comparator.comparingInt(CustomerPart::order).thenComparing(CustomerPart::name))
                .toList();
    }

    /** The names of those that must be there and are not among these. */
    List<String> missing(List<CustomerPart> present) {
        List<String> names = present.stream().map(CustomerPart::name).toList();
        return required.stream().filter(name -> !names.contains(name)).toList();
    }

    /**
     * Those that are there, in their order, provided that none is missing.
     *
     * @throws ProblemException {@code unavailable}
     */
    List<CustomerPart> complete() {
        List<CustomerPart> present = present();
        List<String> missing = missing(present);
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    Problems.UNAVAILABLE, "Not running at the moment: " + String.join(", ", missing) + ".");
        }
        return present;
    }
}
