package org.bursar.rest.internal;

import java.util.function.Function;
import org.bursar.rest.Call;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/** Lets resource methods take the call as a parameter. */
final class CallParameter extends AbstractBinder implements ValueParamProvider {
    @Override
    protected void configure() {
        bind(this).to(ValueParamProvider.class);
    }

    @Override
    @SuppressWarnings("NullAway") // Jersey takes null for a parameter that is not ours
    public @Nullable Function<ContainerRequest, ?> getValueProvider(Parameter parameter) {
        return parameter.getRawType() == Call.class ? request -> request.getProperty(CallContext.PROPERTY) : null;
    }

    @Override
    public PriorityType getPriority() {
        return Priority.HIGH;
    }
}
