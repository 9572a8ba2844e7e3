package org.bursar.database.internal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ibatis.executor.Executor;
import org.apache.ibatis.executor.parameter.ParameterHandler;
import org.apache.ibatis.executor.resultset.DefaultResultSetHandler;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.type.ObjectTypeHandler;
import org.apache.ibatis.type.TypeHandler;
import org.apache.ibatis.type.TypeHandlerRegistry;
import org.apache.ibatis.type.UnknownTypeHandler;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of rows. MyBatis finds out anew for each row which column belongs to which parameter of the constructor, which for
 * a batch costs more than reading the values; here it is found out once for a statement. Whatever is not a plain record of plain
 * columns is left to MyBatis.
 */
@SuppressWarnings({"NullAway", "unchecked"}) // the super class is not annotated, and not exact about its rows
final class RecordRows extends DefaultResultSetHandler {
    private final MappedStatement statement;
    private final Map<String, Optional<Plan>> plans;
    private final boolean plain;

    /** How the rows of one statement become records. */
    record Plan(Constructor<?> constructor, TypeHandler<?>[] handlers, int[] columns) {
        /** A row of nulls alone is no record, as MyBatis has it. */
        @Nullable
        Object row(ResultSet rows) throws SQLException {
            Object[] values = new Object[columns.length];
            boolean found = false;
            for (int i = 0; i < values.length; i++) {
                values[i] = handlers[i].getResult(rows, columns[i]);
                found |= values[i] != null;
            }
            try {
                return found ? constructor.newInstance(values) : null;
            } catch (InvocationTargetException e) {
                throw new IllegalStateException("a row is refused by " + constructor, e.getCause());
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                throw new IllegalStateException("a row does not fit " + constructor, e);
            }
        }
    }

    /** @param plans of all statements of the mapper, to be kept; empty for those that are left to MyBatis */
    RecordRows(
            Executor executor,
            MappedStatement statement,
            ParameterHandler parameters,
            @Nullable ResultHandler<?> results,
            BoundSql sql,
            RowBounds bounds,
            Map<String, Optional<Plan>> plans) {
        super(executor, statement, parameters, results, sql, bounds);
        this.statement = statement;
        this.plans = plans;
        plain = results == null && bounds == RowBounds.DEFAULT;
    }

    @Override
    public List<Object> handleResultSets(Statement executed) throws SQLException {
        ResultSet rows = plain ? executed.getResultSet() : null;
        if (rows == null) {
            return super.handleResultSets(executed);
        }
        Optional<Plan> plan = plans.get(statement.getId());
        if (plan == null) {
            plan = plan(rows.getMetaData());
            plans.put(statement.getId(), plan);
        }
        if (plan.isEmpty()) {
            return super.handleResultSets(executed);
        }
        try (rows) {
            List<Object> records = new ArrayList<>();
            while (rows.next()) {
                records.add(plan.get().row(rows));
            }
            return records;
        }
    }

    private Optional<Plan> plan(ResultSetMetaData columns) throws SQLException {
        List<ResultMap> maps = statement.getResultMaps();
        if (maps.size() != 1 || statement.getResultSets() != null) {
            return Optional.empty();
        }
        ResultMap map = maps.get(0);
        TypeHandlerRegistry types = statement.getConfiguration().getTypeHandlerRegistry();
        boolean record = map.getType().isRecord() && !types.hasTypeHandler(map.getType());
        if (!record || !map.getResultMappings().isEmpty() || map.getDiscriminator() != null) {
            return Optional.empty();
        }
        RecordComponent[] components = map.getType().getRecordComponents();
        TypeHandler<?>[] handlers = new TypeHandler<?>[components.length];
        int[] places = new int[components.length];
        for (int i = 0; i < components.length; i++) {
            handlers[i] = types.getTypeHandler(components[i].getType());
            places[i] = place(columns, components[i].getName());
            boolean known = handlers[i] != null
                    && !(handlers[i] instanceof UnknownTypeHandler)
                    && !(handlers[i] instanceof ObjectTypeHandler);
            if (!known || places[i] == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new Plan(constructor(map.getType(), components), handlers, places));
    }

    /** The column of a name, with underscores where the name has capitals; 0: there is none. */
    private static int place(ResultSetMetaData columns, String name) throws SQLException {
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            if (columns.getColumnLabel(column).replace("_", "").equalsIgnoreCase(name)) {
                return column;
            }
        }
        return 0;
    }

    private static Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has its canonical constructor", e);
        }
    }
}
