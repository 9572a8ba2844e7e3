package org.bursar.database.internal;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** Arrays for unnest() and any(). */
@SuppressWarnings("NullAway") // the super class is not annotated; absent values are null by its contract
final class ArrayType<T> extends BaseTypeHandler<T[]> {
    private final String element;
    private final Class<T[]> type;

    ArrayType(String element, Class<T[]> type) {
        this.element = element;
        this.type = type;
    }

    @Override
    public void setNonNullParameter(PreparedStatement statement, int index, T[] value, JdbcType type)
            throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf(element, value));
    }

    private T @Nullable [] elements(@Nullable Array array) throws SQLException {
        return array == null ? null : type.cast(array.getArray());
    }

    @Override
    public T @Nullable [] getNullableResult(ResultSet rows, String column) throws SQLException {
        return elements(rows.getArray(column));
    }

    @Override
    public T @Nullable [] getNullableResult(ResultSet rows, int column) throws SQLException {
        return elements(rows.getArray(column));
    }

    @Override
    public T @Nullable [] getNullableResult(CallableStatement call, int column) throws SQLException {
        return elements(call.getArray(column));
    }
}
