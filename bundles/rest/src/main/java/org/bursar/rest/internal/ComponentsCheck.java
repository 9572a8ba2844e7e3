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
                        .filter(configuration -> configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                        .map(configuration -> component.bundle.symbolicName + " could not make "
                                + component.name.substring(component.name.lastIndexOf('.') + 1) + ": "
                                + cause(configuration.failure))
                        .forEach(failed::add);
            }
        }
        return failed.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failed));
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
