package org.bursar.purchases.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bursar.kernel.Figure;
import org.bursar.kernel.Figures;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which gateways are there, and what calling them came to. */
@Component(service = Figures.class)
public final class GatewayFigures implements Figures {
    private final GatewayServices services;
    private final GatewayCalls calls;

    @Activate
    public GatewayFigures(@Reference GatewayServices services, @Reference GatewayCalls calls) {
        this.services = services;
        this.calls = calls;
    }

    @Override
    public String source() {
        return "gateways";
    }

    @Override
    public Duration every() {
        return Duration.ZERO;
    }

    @Override
    public List<Figure> read() {
        List<Figure> figures = new ArrayList<>();
        services.registered()
                .forEach(gateway -> figures.add(new Figure(
                        "bursar_gateway_present",
                        "The gateways that run",
                        Map.of("gateway", gateway.id(), "version", gateway.version()),
                        1)));
        calls.outcomes()
                .forEach((outcome, count) -> figures.add(new Figure(
                        "bursar_gateway_calls_total",
                        "Calls of a gateway from this node since its start, by what they came to",
                        Map.of("gateway", outcome.gateway(), "outcome", outcome.word()),
                        count)));
        calls.inFlight()
                .forEach((gateway, count) -> figures.add(new Figure(
                        "bursar_gateway_calls_in_flight",
                        "Calls of a gateway that go on now or wait for a thread",
                        Map.of("gateway", gateway),
                        count)));
        return figures;
    }
}
