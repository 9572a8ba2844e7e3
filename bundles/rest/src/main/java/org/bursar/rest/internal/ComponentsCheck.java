package org.bursar.rest.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Whether one of our components could not be made: its bundle runs, but what it should do is not done. */
@Component
public final class ComponentsCheck implements HealthCheck {
    private static final String OURS = "org.bursar.";

    private final ServiceComponentRuntime components;

    @Activate
    public ComponentsCheck(@Reference ServiceComponentRuntime components) {
        this.components = components;
    }

    @Override
    public String name() {
        return "components";
    }

    @Override
    public Optional<String> problem() {
        List<String> failed = new ArrayList<>();
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
            if (component.bundle != null
                    && String.valueOf(component.bundle.symbolicName).startsWith(OURS)
                    && failed(components.getComponentConfigurationDTOs(component))) {
                failed.add(component.bundle.symbolicName + " could not make " + component.name);
            }
        }
        return failed.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failed));
    }

    private static boolean failed(Collection<ComponentConfigurationDTO> configurations) {
        return configurations.stream()
                .anyMatch(configuration -> configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION);
    }
}
