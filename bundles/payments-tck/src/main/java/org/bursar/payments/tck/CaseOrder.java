package org.bursar.payments.tck;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Cases in the order of their numbers, before what the author adds, and named as sentences: {@code 1 same key twice …}. */
final class CaseOrder extends DisplayNameGenerator.Standard implements MethodOrderer {
    private static int number(Optional<Case> found) {
        return found.map(Case::value).orElse(Integer.MAX_VALUE);
    }

    @Override
    public void orderMethods(MethodOrdererContext context) {
        context.getMethodDescriptors()
                .sort(Comparator.comparingInt(method -> number(method.findAnnotation(Case.class))));
    }

    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> testClass, Method method) {
        Optional<Case> found = AnnotationSupport.findAnnotation(method, Case.class);
        String words = method.getName()
                .replaceAll("([A-Z]|[0-9]+)", " $1")
                .toLowerCase(Locale.ROOT)
                .strip();
        return found.map(numbered -> numbered.value() + " " + words)
                .orElseGet(() -> super.generateDisplayNameForMethod(enclosing, testClass, method));
    }
}
