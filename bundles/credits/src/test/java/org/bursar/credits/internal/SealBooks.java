package org.bursar.credits.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.bursar.credits.LedgerSeals;
import org.bursar.database.Database;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.ledger.LedgerCheck;
import org.bursar.testing.TestDatabase;
import org.bursar.testing.TestPostgres;

/** Seals over a tenant's books, as one node makes them. */
final class SealBooks {
    final SigningKeys keys;
    final Sealer sealer;
    final SealedLedger ledger;

    private final Scope scope;

    SealBooks(TestDatabase postgres, Books books) {
        this(postgres, postgres.database(), books);
    }

    /** Another node on the same database. */
    SealBooks(TestDatabase postgres, Database database, Books books) {
        keys = new SigningKeys(database, postgres.secrets(), books.clock);
        sealer = new Sealer(database, postgres.secrets(), books.clock, keys);
        ledger = new SealedLedger(database, postgres.secrets(), keys, sealer);
        scope = books.scope;
    }

    long seal() {
        return ledger.seal(scope);
    }

    /** What the check finds, in a line each. */
    List<String> faults() {
        return ledger.check(scope).faults().stream().map(SealBooks::line).toList();
    }

    private static String line(LedgerSeals.Fault fault) {
        return fault.customer() == null ? fault.what() : fault.customer() + " " + fault.what();
    }

    /** A count that the owner of the tables finds in a tenant. */
    static long count(TestDatabase postgres, TenantId tenant, String sql) {
        try (Connection connection = TestPostgres.connectAsOwner(postgres.address());
                Statement statement = connection.createStatement()) {
            statement.execute("set app.tenant = '" + tenant.uuid() + "'");
            try (ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The lines of an export. */
    List<String> export() {
        List<String> lines = new ArrayList<>();
        ledger.export(scope).forEachRemaining(lines::addAll);
        return lines;
    }

    /** What the offline verifier says of an export. */
    static List<String> verified(List<String> lines) {
        List<String> faults = new ArrayList<>();
        LedgerCheck check = new LedgerCheck(fault -> faults.add(fault.toString()));
        lines.forEach(check::line);
        check.finish();
        return faults;
    }
}
