package org.bursar.metrics.internal;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.bursar.kernel.Figure;
import org.bursar.kernel.Figures;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures of the capabilities, for as long as they are there. Nothing is asked of the database when somebody looks. */
@Component(service = FiguresBoard.class, immediate = true)
public final class FiguresBoard implements MultiCollector {
    private static final Logger LOG = LoggerFactory.getLogger(FiguresBoard.class);

    private final Registry registry;
    private final List<Source> sources = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor reader = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "figures");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public FiguresBoard(@Reference Registry registry) {
        this.registry = registry;
        reader.setRemoveOnCancelPolicy(true);
        registry.register(this);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(Figures figures) {
        Source source = new Source(figures);
        sources.add(source);
        source.readEvery(reader);
    }

    void unbind(Figures figures) {
        sources.removeIf(source -> source.closed(figures));
    }

    @Deactivate
    void close() {
        registry.unregister(this);
        reader.shutdownNow();
    }

    @Override
    public MetricSnapshots collect() {
        Map<String, List<Figure>> byName = new LinkedHashMap<>();
        for (Source source : sources) {
            source.figures()
                    .forEach(figure -> byName.computeIfAbsent(figure.name(), name -> new ArrayList<>())
                            .add(figure));
        }
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        byName.values().stream()
                .sorted(Comparator.comparing(figures -> figures.get(0).name()))
                .forEach(figures -> add(snapshots, figures));
        return snapshots.build();
    }

    private static void add(MetricSnapshots.Builder snapshots, List<Figure> figures) {
        try {
            snapshots.metricSnapshot(figures.get(0).counter() ? counter(figures) : gauge(figures));
        } catch (IllegalArgumentException e) {
            // two sources with the same labels: the rest is shown
            LOG.warn("{} cannot be shown: {}", figures.get(0).name(), e.getMessage());
        }
    }

    private static MetricSnapshot counter(List<Figure> figures) {
        String name = figures.get(0).name();
        CounterSnapshot.Builder builder = CounterSnapshot.builder()
                .name(name.substring(0, name.length() - "_total".length()))
                .help(figures.get(0).help());
        figures.forEach(figure -> builder.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels(figure))
                .value(figure.value())
                .build()));
        return builder.build();
    }

    private static MetricSnapshot gauge(List<Figure> figures) {
        GaugeSnapshot.Builder builder = GaugeSnapshot.builder()
                .name(figures.get(0).name())
                .help(figures.get(0).help());
        figures.forEach(figure -> builder.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels(figure))
                .value(figure.value())
                .build()));
        return builder.build();
    }

    private static Labels labels(Figure figure) {
        Labels.Builder labels = Labels.builder();
        figure.labels().forEach(labels::label);
        return labels.build();
    }
}
