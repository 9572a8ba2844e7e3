package org.bursar.itests;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.Money;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.ThreadId;
import org.jspecify.annotations.Nullable;

/**
 * Arguments for the methods of mappers by type and name, such that they ask for the middle of a list of {@link GeneratedRows}: a
 * statement whose index does not lead there reads the half before it.
 */
final class GeneratedArguments {
    private static final int MIDDLE = GeneratedRows.ROWS / 2;
    private static final int ELEMENTS = 3;
    private static final String FIRST_DAY = "2026-03-01";
    private static final String MIDDLE_DAY = "2026-03-14";
    private static final String NOW = "2026-03-20";
    private static final String LAST_DAY = "2026-03-28";
    private static final String MIDNIGHT = "T00:00:00Z";

    /** A page. */
    static final int LIMIT = 10;

    private static final Set<String> EARLY = Set.of("from", "since", "firstDay");
    private static final Set<String> LATE = Set.of("to", "dayAfter", "until", "expiresAt");

    private GeneratedArguments() {}

    /** One set of arguments for each choice of those that may be null. */
    static List<Object[]> of(Method method) {
        Parameter[] parameters = method.getParameters();
        List<Integer> optional = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            if (mayBeNull(parameters[i])) {
                optional.add(i);
            }
        }
        List<Object[]> sets = new ArrayList<>();
        for (int choice = 0; choice < 1 << optional.size(); choice++) {
            Object[] arguments = Arrays.stream(parameters)
                    .map(parameter -> value(parameter.getName(), parameter.getType()))
                    .toArray();
            for (int bit = 0; bit < optional.size(); bit++) {
                if ((choice & 1 << bit) != 0) {
                    arguments[optional.get(bit)] = null;
                }
            }
            sets.add(arguments);
        }
        return sets;
    }

    private static boolean mayBeNull(Parameter parameter) {
        AnnotatedElement type = parameter.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Object value(String name, Class<?> type) {
        if (type.isArray() && type != byte[].class) {
            Object array = Array.newInstance(type.getComponentType(), ELEMENTS);
            for (int i = 0; i < ELEMENTS; i++) {
                Array.set(array, i, type == UUID[].class ? GeneratedRows.id(1 + 2 * i) : element(name, type));
            }
            return array;
        }
        if (type == Money.class) {
            return new Money("USD", MIDDLE);
        }
        if (type == TenantId.class) {
            return new TenantId(name.equals("platform") ? GeneratedRows.PLATFORM : GeneratedRows.TENANT);
        }
        if (type == CustomerId.class || type == ThreadId.class || type == MeterId.class) {
            return record(type, GeneratedRows.MOST);
        }
        if (type.getPackageName().equals("org.bursar.kernel")
                && type.isRecord()
                && type.getSimpleName().endsWith("Id")) {
            return record(type, GeneratedRows.id(MIDDLE));
        }
        if (type.isRecord()) {
            return record(
                    type,
                    Arrays.stream(type.getRecordComponents())
                            .map(GeneratedArguments::component)
                            .toArray());
        }
        return type.isEnum() ? type.getEnumConstants()[0] : plain(name, type);
    }

    private static Object component(RecordComponent component) {
        return value(component.getName(), component.getType());
    }

    private static Object plain(String name, Class<?> type) {
        return switch (type.getSimpleName()) {
            case "UUID" -> GeneratedRows.id(MIDDLE);
            case "Instant" -> Instant.parse(day(name) + MIDNIGHT);
            case "LocalDate" -> LocalDate.parse(day(name));
            case "int", "Integer" ->
                name.equals("status") ? 1 : name.equals("limit") || name.equals("most") ? LIMIT : MIDDLE;
            case "long", "Long" -> (long) MIDDLE;
            case "boolean", "Boolean" -> true;
            case "BigDecimal" -> new BigDecimal(MIDDLE);
            case "byte[]" -> new byte[16];
            case "String" -> text(name);
            case "List" -> List.of();
            default -> throw new AssertionError("no value for " + name + " of " + type);
        };
    }

    private static Object element(String name, Class<?> array) {
        if (array != String[].class) {
            return plain("element", array.getComponentType());
        }
        return switch (name) {
            case "statuses" -> "ACTIVE";
            case "days" -> MIDDLE_DAY;
            case "times", "froms", "tos", "buckets", "cycleFroms", "expiries" -> MIDDLE_DAY + MIDNIGHT;
            case "attributes" -> "{}";
            default -> "text 3";
        };
    }

    private static String day(String name) {
        return name.equals("now")
                ? NOW
                : EARLY.contains(name) ? FIRST_DAY : LATE.contains(name) ? LAST_DAY : MIDDLE_DAY;
    }

    private static String text(String name) {
        return switch (name) {
            case "pattern" -> "%text 3%";
            case "sort" -> "name";
            case "settings", "request", "metadata", "hints", "next", "nextStep", "stateBefore", "stateAfter" -> "{}";
            case "key", "sealedBefore", "sealedAfter" -> "00ff";
            case "parent" -> "usage_event";
            default -> "text 3";
        };
    }

    private static Object record(Class<?> type, Object... values) {
        try {
            Class<?>[] components = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(components);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " " + Arrays.toString(values), e);
        }
    }
}
