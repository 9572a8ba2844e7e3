package org.bursar.itests;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows in every table of every tenant, made from the catalogue alone, so that a new table has them without being named here. What
 * they say is nonsense, and checks and foreign keys are dropped for it; how they are spread is not: one tenant among thousands with
 * a customer that has half of everything, values of enumerations from the checks, a third of what may be null being null.
 */
final class GeneratedRows {
    /** Rows of the measured tenant, of which the reserved one of the platform has as many. */
    static final int ROWS = 2_000;

    /** The rows of thousands of others together are so many times as many. */
    private static final int TIMES_OTHERS = 10;

    /** A table of partitions has so many times as many, so that each of them is worth an index. */
    private static final int TIMES_PARTITIONED = 4;

    static final UUID TENANT = UUID.fromString("01900000-0000-7000-9000-000000000001");
    static final UUID PLATFORM = UUID.fromString("00000000-0000-7000-8000-000000000000");

    /** The first customer, thread, wallet: what has half of the rows of its tenant. */
    static final UUID MOST = id(1);

    static final String START = "2026-03-01 00:00:00+00";
    private static final int SECONDS_BETWEEN = 1_200;

    /** Of text that few values share out among many rows, although a unique constraint has it among others. */
    private static final Set<String> FEW_VALUES = Set.of("gateway_id");

    private static final Pattern LITERALS = Pattern.compile("'([^']*)'::text");
    private static final Pattern RANGE = Pattern.compile("\\((\\w+) >= (\\d+)\\) AND \\(\\1 <= (\\d+)\\)");

    private final Connection owner;

    GeneratedRows(Connection owner) {
        this.owner = owner;
    }

    static UUID id(int row) {
        return UUID.fromString("01900000-0000-7000-8000-%012x".formatted(row));
    }

    void fill() throws SQLException {
        partitions();
        for (String table : Schemas.rows(owner, """
                select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity and %s
                 order by 1""".formatted(DatabaseRules.OURS))) {
            fill(table);
        }
        Schemas.rows(owner, "analyze");
    }

    /** The days that the rows are spread over, as jobs make them ahead; some days are left to the default partitions. */
    private void partitions() throws SQLException {
        Schemas.rows(owner, """
                select count(metering.make_partition(parent, date '2026-03-01' + day))
                  from unnest(array['usage_event', 'event_seen']) parent, generate_series(0, %d) day""".formatted(ROWS * SECONDS_BETWEEN / 86_400 * 3 / 4));
    }

    private void fill(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String column : Schemas.rows(owner, """
                select a.attname || ' ' || t.typname || ' ' || a.attnotnull from pg_attribute a join pg_type t on t.oid = a.atttypid
                 where a.attrelid = '%s'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                 order by a.attnum""".formatted(table))) {
            String[] parts = column.split(" ");
            columns.add(parts[0]);
            String value = value(table, parts[0], parts[1]);
            values.add(
                    parts[2].equals("true") ? value : "case when %s %% 3 > 0 then %s end".formatted(spread(3), value));
        }
        dropConstraints(table);
        int rows = times(table) * ROWS;
        Schemas.rows(
                owner,
                "alter table " + table + " no force row level security",
                """
                insert into %1$s (%2$s) select %3$s from (
                  select '%4$s'::uuid as tenant, i from generate_series(1, %5$d) i
                  union all select '%6$s'::uuid, i from generate_series(1, %5$d) i
                  union all select ('01900000-0000-7000-a000-' || lpad(to_hex(i / 4), 12, '0'))::uuid, 1 + i * 1009 %% %5$d
                              from generate_series(1, %7$d) i) made
                    on conflict do nothing""".formatted(
                                table,
                                String.join(", ", columns),
                                String.join(", ", values),
                                TENANT,
                                rows,
                                PLATFORM,
                                TIMES_OTHERS * rows),
                "alter table " + table + " force row level security");
    }

    private int times(String table) throws SQLException {
        return Schemas.rows(owner, "select 1 from pg_inherits where inhparent = '" + table + "'::regclass")
                        .isEmpty()
                ? 1
                : TIMES_PARTITIONED;
    }

    private String time(String table) throws SQLException {
        return "('%s'::timestamptz + i * interval '%d seconds')".formatted(START, SECONDS_BETWEEN / times(table));
    }

    /** A number of the row without any relation to others of it. */
    private static String spread(int salt) {
        return "(hashint4(i * 31 + " + salt + ") & 1023)";
    }

    private String value(String table, String column, String type) throws SQLException {
        if (column.equals("tenant_id")) {
            return "tenant";
        }
        Set<String> literals = literals(table, column);
        return switch (type) {
            case "uuid" -> "('01900000-0000-7000-8000-' || lpad(to_hex(" + number(table, column) + "), 12, '0'))::uuid";
            case "text" ->
                literals.isEmpty()
                        ? unique(table, column) ? "'text ' || i" : "'text ' || i % 7"
                        : "(array['" + String.join("', '", literals) + "'])[1 + " + spread(7) + " % " + literals.size()
                                + "]";
            case "bool" -> spread(11) + " % 2 = 0";
            case "int2" -> range(table, column);
            case "int4", "int8", "numeric" -> "i";
            case "date" -> time(table) + "::date";
            case "timestamptz" -> time(table);
            case "bytea" -> "decode(md5(i::text), 'hex')";
            case "json", "jsonb" -> "'{}'::" + type;
            case "_text" -> "array['text', '*']";
            case "_uuid" -> "array['" + MOST + "'::uuid]";
            case "interval" -> "interval '1 minute'";
            default -> throw new AssertionError("no values for " + table + "." + column + " of type " + type);
        };
    }

    /** Which of its kind a row names: half of the rows name the first, except where each has a row; meters are few. */
    private String number(String table, String column) throws SQLException {
        boolean alone = !Schemas.rows(owner, """
                select 1 from pg_index x where x.indrelid = '%1$s'::regclass and x.indisunique and x.indnkeyatts = 2
                   and (select attnum from pg_attribute where attrelid = x.indrelid and attname = '%2$s') = any (x.indkey::int2[])""".formatted(table, column)).isEmpty();
        if (alone) {
            return "i";
        }
        if (column.equals("meter_id")) {
            return "1 + i % 7";
        }
        boolean leads = !Schemas.rows(owner, """
                select 1 from pg_index x where x.indrelid = '%1$s'::regclass and x.indisprimary and x.indnkeyatts > 2
                   and (select attnum from pg_attribute where attrelid = x.indrelid and attname = '%2$s') = x.indkey[1]""".formatted(table, column)).isEmpty();
        boolean most = leads || column.equals("customer_id") || column.equals("wallet_id");
        return most ? "case when i % 2 = 0 then 1 else i end" : "i";
    }

    private boolean unique(String table, String column) throws SQLException {
        return !FEW_VALUES.contains(column)
                && !Schemas.rows(owner, """
                select 1 from pg_index x where x.indrelid = '%s'::regclass and x.indisunique
                   and (select attnum from pg_attribute where attrelid = x.indrelid and attname = '%s') = any (x.indkey::int2[])""".formatted(table, column)).isEmpty();
    }

    private List<String> checks(String table) throws SQLException {
        return Schemas.rows(owner, """
                select pg_get_constraintdef(oid) from pg_constraint where contype = 'c' and conrelid = '%s'::regclass""".formatted(table));
    }

    /** What checks say that the column may be. */
    private Set<String> literals(String table, String column) throws SQLException {
        Set<String> literals = new LinkedHashSet<>();
        Pattern mentioned = Pattern.compile("\\(" + column + " = (ANY \\(ARRAY\\[[^\\]]*\\]|'[^']*'::text)");
        for (String check : checks(table)) {
            Matcher matcher = mentioned.matcher(check);
            while (matcher.find()) {
                LITERALS.matcher(matcher.group(1)).results().forEach(literal -> literals.add(literal.group(1)));
            }
        }
        return literals;
    }

    private String range(String table, String column) throws SQLException {
        for (String check : checks(table)) {
            Matcher matcher = RANGE.matcher(check);
            while (matcher.find()) {
                if (matcher.group(1).equals(column)) {
                    int least = Integer.parseInt(matcher.group(2));
                    int most = Integer.parseInt(matcher.group(3));
                    return least + " + " + spread(13) + " % " + (most - least + 1);
                }
            }
        }
        return "i % 2";
    }

    private void dropConstraints(String table) throws SQLException {
        for (String constraint : Schemas.rows(owner, """
                select format('alter table %%s drop constraint %%I cascade', conrelid::regclass, conname) from pg_constraint
                 where contype in ('c', 'f') and (conrelid = '%1$s'::regclass or confrelid = '%1$s'::regclass)
                   and conparentid = 0""".formatted(table))) {
            Schemas.rows(owner, constraint);
        }
    }
}
