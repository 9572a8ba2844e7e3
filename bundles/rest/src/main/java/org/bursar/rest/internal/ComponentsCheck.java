package org.bursar.rest.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bursar.kernel.HealthCheck;
import org.jspecify.annotations.Nullable;
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
    private static final String CAUSE = "Caused by: ";
    private static final int LONGEST = 300;

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
                    && String.valueOf(component.bundle.symbolicName).startsWith(OURS)) {
                components.getComponentConfigurationDTOs(component).stream()
                        .map(configuration -> problem(component, configuration))
                        .flatMap(Optional::stream)
                        .forEach(failed::add);
            }
        }
        return failed.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failed));
    }

    private static Optional<String> problem(
            ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        String name = component.name.substring(component.name.lastIndexOf('.') + 1);
        if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
            return Optional.of(
                    component.bundle.symbolicName + " could not make " + name + ": " + cause(configuration.failure));
        }
        // nobody has to ask for such a one, so it is being made, or hangs
        boolean awaited = component.immediate && configuration.state == ComponentConfigurationDTO.SATISFIED;
        return awaited ? Optional.of(component.bundle.symbolicName + " still makes " + name) : Optional.empty();
    }

    /** What the last cause in a stack trace says, in a line. */
    private static String cause(@Nullable String trace) {
        String all = trace == null ? "" : trace;
        String last = all.substring(Math.max(0, all.lastIndexOf(CAUSE)));
        String line = last.lines()
                .takeWhile(words -> !words.startsWith("\tat "))
                .collect(Collectors.joining(" "))
                .replace(CAUSE, "");
        String message = line.contains(": ") ? line.substring(line.indexOf(": ") + 2) : line;
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    }
}
