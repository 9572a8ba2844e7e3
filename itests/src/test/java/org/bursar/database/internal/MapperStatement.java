package org.bursar.database.internal;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.executor.parameter.ParameterHandler;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.reflection.ParamNameResolver;
import org.apache.ibatis.session.Configuration;

/**
 * What a mapper's method sends to PostgreSQL for given arguments: the very text, with the types and values that MyBatis and the
 * driver make of them. It lies in this package because only this one knows how mappers are set up.
 *
 * @param sql with $1, $2 … for the parameters
 * @param types of the parameters, as PostgreSQL calls them
 * @param values of the parameters, as text in SQL
 */
public record MapperStatement(String sql, List<String> types, List<String> values) {
    /** How the methods of one mapper are read. */
    public static final class Reader {
        private final Class<?> mapper;
        private final Configuration configuration;

        public Reader(Class<?> mapper) {
            this.mapper = mapper;
            this.configuration = MyBatis.factory(mapper.getSimpleName(), mapper).getConfiguration();
        }

        /** Whether the method has a statement of its own. */
        public boolean has(Method method) {
            return configuration.hasStatement(id(method), false);
        }

        private String id(Method method) {
            return mapper.getName() + "." + method.getName();
        }

        /** The statement for these arguments; the connection tells the types, and nothing is run on it. */
        public MapperStatement read(Connection connection, Method method, Object... arguments) throws SQLException {
            MappedStatement mapped = configuration.getMappedStatement(id(method));
            Object named = new ParamNameResolver(configuration, method).getNamedParams(arguments);
            BoundSql bound = mapped.getBoundSql(named);
            ParameterHandler handler = configuration.newParameterHandler(mapped, named, bound);
            List<String> types = types(connection, bound.getSql(), handler);
            return new MapperStatement(
                    numbered(bound.getSql()), types, values(connection, bound.getSql(), types, handler));
        }
    }

    private static List<String> types(Connection connection, String sql, ParameterHandler handler) throws SQLException {
        List<String> types = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            handler.setParameters(statement);
            ParameterMetaData described = statement.getParameterMetaData();
            for (int number = 1; number <= described.getParameterCount(); number++) {
                types.add(described.getParameterTypeName(number));
            }
        }
        return types;
    }

    private static List<String> values(Connection connection, String sql, List<String> types, ParameterHandler handler)
            throws SQLException {
        List<String> values = new ArrayList<>();
        if (types.isEmpty()) {
            return values;
        }
        StringBuilder asked = new StringBuilder("select ");
        for (String type : types) {
            asked.append(values.isEmpty() && asked.length() == 7 ? "" : ", ")
                    .append("quote_nullable(?::")
                    .append(type)
                    .append("::text) || '::")
                    .append(type)
                    .append('\'');
        }
        try (PreparedStatement statement = connection.prepareStatement(asked.toString())) {
            handler.setParameters(statement);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                for (int column = 1; column <= types.size(); column++) {
                    values.add(row.getString(column));
                }
            }
        } catch (SQLException e) {
            throw new SQLException(sql, e);
        }
        return values;
    }

    /** Question marks within quotes are none of ours, and no statement has one. */
    private static String numbered(String sql) {
        StringBuilder numbered = new StringBuilder();
        int number = 0;
        for (int i = 0; i < sql.length(); i++) {
            if (sql.charAt(i) == '?') {
                numbered.append('$').append(++number);
            } else {
                numbered.append(sql.charAt(i));
            }
        }
        return numbered.toString();
    }
}
