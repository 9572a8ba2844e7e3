package org.bursar.database.internal;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
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
        BinaryArray binary = binary(value);
        if (binary == null) {
            statement.setArray(index, statement.getConnection().createArrayOf(element, value));
        } else {
            statement.setObject(index, binary);
        }
    }

    /** The driver has a binary format of its own for the rest. */
    private static @Nullable BinaryArray binary(Object[] value) {
        if (value instanceof UUID[] ids) {
            return BinaryArray.of(ids);
        }
        if (value instanceof BigDecimal[] decimals) {
            return BinaryArray.of(decimals);
        }
        return value instanceof Instant[] times ? BinaryArray.of(times) : null;
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
