package org.bursar.payments.tck.specimen;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bursar.payments.tck.Case;
import org.bursar.payments.tck.GatewayTck;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs chosen cases of a gateway's contract tests, as JUnit would, and says how each ended. */
final class CaseRun {
    private CaseRun() {}

    static Map<Integer, TestExecutionResult> of(Class<? extends GatewayTck> tests, Set<Integer> cases) {
        Map<Integer, TestExecutionResult> results = new TreeMap<>();
        PostDiscoveryFilter chosen =
                descriptor -> FilterResult.includedIf(descriptor.isContainer() || cases.contains(number(descriptor)));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .filters(chosen)
                .build();
        LauncherConfig alone = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(alone).execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.getSource().orElse(null) instanceof MethodSource source) {
                    results.put(number(source.getJavaMethod()), result);
                }
            }
        });
        return results;
    }

    private static int number(TestDescriptor descriptor) {
        return descriptor.getSource().orElse(null) instanceof MethodSource source ? number(source.getJavaMethod()) : 0;
    }

    private static int number(Method method) {
        Case numbered = method.getAnnotation(Case.class);
        return numbered == null ? 0 : numbered.value();
    }
}
