package org.bursar.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Where a secret has left itself in what a run keeps: every column of every table, as a dump would show it, and the logs. */
final class Traces {
    private static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and not c.relispartition
               and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
             order by 1""";

    private Traces() {}

    /**
     * The tables and log files that have it, as text or as bytes.
     *
     * @param secret letters, digits and what means nothing in SQL
     */
    static List<String> of(Platform platform, String secret) throws SQLException, IOException {
        String bytes = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
        List<String> found = new ArrayList<>();
        for (String table : platform.query(TABLES)) {
            String rows = "select count(*) from " + table + " t where position('" + secret
                    + "' in to_jsonb(t)::text) > 0 or position('" + bytes + "' in to_jsonb(t)::text) > 0";
            if (!platform.query(rows).equals(List.of("0"))) {
                found.add(table);
            }
        }
        try (Stream<Path> logs = Files.walk(platform.data().resolve("log"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1).contains(secret)) {
                    found.add(log.getFileName().toString());
                }
            }
        }
        return found;
    }
}
