package org.bursar.database.internal;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.util.ByteConverter;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * An array in PostgreSQL's binary format, of a type whose arrays the driver would write as text, element by element, for
 * PostgreSQL to read again.
 */
@SuppressWarnings("NullAway") // elements may be null, which it does not follow through arrays of arrays
final class BinaryArray extends PGobject implements PGBinaryObject {
    private static final long serialVersionUID = 1L;

    /** The types of arrays that the driver is told to take in this format. */
    static final String TYPES = Oid.UUID_ARRAY + "," + Oid.NUMERIC_ARRAY + "," + Oid.TIMESTAMPTZ_ARRAY;

    private static final int HEADER = 5 * Integer.BYTES;
    private static final int EMPTY_HEADER = 3 * Integer.BYTES;
    private static final int UUID_BYTES = 2 * Long.BYTES;

    /** PostgreSQL counts from the year 2000. */
    private static final long EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private static final long MICROS = 1_000_000;
    private static final int NANOS_A_MICRO = 1_000;

    private final transient Object[] elements;
    private final transient byte[] bytes;

    private BinaryArray(String type, int element, Object[] elements, byte[] @Nullable [] values) {
        setType(type);
        this.elements = elements;
        bytes = encoded(element, values);
    }

    static BinaryArray of(@Nullable UUID[] values) {
        return new BinaryArray(
                "_uuid",
                Oid.UUID,
                values,
                each(
                        values,
                        id -> ByteBuffer.allocate(UUID_BYTES)
                                .putLong(id.getMostSignificantBits())
                                .putLong(id.getLeastSignificantBits())
                                .array()));
    }

    static BinaryArray of(@Nullable BigDecimal[] values) {
        return new BinaryArray("_numeric", Oid.NUMERIC, values, each(values, ByteConverter::numeric));
    }

    /** In microseconds; what is finer is cut off. */
    static BinaryArray of(@Nullable Instant[] values) {
        return new BinaryArray(
                "_timestamptz",
                Oid.TIMESTAMPTZ,
                values,
                each(
                        values,
                        time -> ByteBuffer.allocate(Long.BYTES)
                                .putLong(Math.addExact(
                                        Math.multiplyExact(time.getEpochSecond() - EPOCH_SECONDS, MICROS),
                                        time.getNano() / NANOS_A_MICRO))
                                .array()));
    }

    private static <T> byte[] @Nullable [] each(@Nullable T[] values, Function<T, byte[]> encoding) {
        byte[] @Nullable [] each = new byte[values.length] @Nullable [];
        for (int i = 0; i < values.length; i++) {
            T value = values[i];
            each[i] = value == null ? null : encoding.apply(value);
        }
        return each;
    }

    private static byte[] encoded(int element, byte[] @Nullable [] values) {
        if (values.length == 0) {
            return ByteBuffer.allocate(EMPTY_HEADER)
                    .putInt(0)
                    .putInt(0)
                    .putInt(element)
                    .array();
        }
        int size = HEADER;
        int nulls = 0;
        for (byte[] value : values) {
            size += Integer.BYTES + (value == null ? 0 : value.length);
            nulls |= value == null ? 1 : 0;
        }
        ByteBuffer out = ByteBuffer.allocate(size)
                .putInt(1)
                .putInt(nulls)
                .putInt(element)
                .putInt(values.length)
                .putInt(1);
        for (byte[] value : values) {
            if (value == null) {
                out.putInt(-1);
            } else {
                out.putInt(value.length).put(value);
            }
        }
        return out.array();
    }

    /** For a connection that was not told of these types; none of them has a character that must be quoted. */
    @Override
    public String getValue() {
        return Arrays.stream(elements).map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public int lengthInBytes() {
        return bytes.length;
    }

    @Override
    public void toBytes(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new UnsupportedOperationException("arrays are read by the driver");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public Object clone() throws CloneNotSupportedException {
        throw new CloneNotSupportedException("it lives for one statement");
    }
}
