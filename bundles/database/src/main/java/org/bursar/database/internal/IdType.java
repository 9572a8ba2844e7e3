package org.bursar.database.internal;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Function;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.bursar.kernel.Id;
import org.jspecify.annotations.Nullable;

/** Typed ids as their UUID. */
@SuppressWarnings("NullAway") // the super class is not annotated; absent values are null by its contract
final class IdType<T extends Id> extends BaseTypeHandler<T> {
    private final Function<UUID, T> of;

    IdType(Function<UUID, T> of) {
        this.of = of;
    }

    @Override
    public void setNonNullParameter(PreparedStatement statement, int index, T value, JdbcType type)
            throws SQLException {
        statement.setObject(index, value.uuid());
    }

    private @Nullable T id(@Nullable UUID uuid) {
        return uuid == null ? null : of.apply(uuid);
    }

    @Override
    public @Nullable T getNullableResult(ResultSet rows, String column) throws SQLException {
        return id(rows.getObject(column, UUID.class));
    }

    @Override
    public @Nullable T getNullableResult(ResultSet rows, int column) throws SQLException {
        return id(rows.getObject(column, UUID.class));
    }

    @Override
    public @Nullable T getNullableResult(CallableStatement call, int column) throws SQLException {
        return id(call.getObject(column, UUID.class));
    }
}
