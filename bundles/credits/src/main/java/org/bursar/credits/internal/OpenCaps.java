package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bursar.credits.CreditsProblems;
import org.bursar.credits.SpendCap;
import org.bursar.credits.internal.sql.CapRow;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;

/**
 * Caps as they were read when their wallets were locked, each in its present period, and what became of them. A spender without a cap
 * is never refused and never counted. Arithmetic alone.
 */
final class OpenCaps {
    private final Map<Spender, CapRow> before;
    private final Map<Spender, CapRow> now;

    OpenCaps(List<CapRow> rows) {
        before = rows.stream()
                .collect(Collectors.toMap(row -> new Spender(row.customer(), row.user()), Function.identity()));
        now = new HashMap<>(before);
    }

    /** Why that much may not be reserved, if it may not. */
    Optional<ProblemException> refusal(Spender spender, BigDecimal amount) {
        CapRow row = now.get(spender);
        if (row == null || row.cap().covers(amount)) {
            return Optional.empty();
        }
        SpendCap cap = row.cap();
        String left = Decimals.text(cap.available());
        String until = cap.until() == null ? "" : " until " + cap.until();
        return Optional.of(new ProblemException(Problem.of(
                        CreditsProblems.SPEND_CAP_REACHED,
                        Decimals.text(amount) + " is more than the " + left + " that is left of the user's cap of "
                                + Decimals.text(cap.amount()) + until + ".")
                .with("available", left)));
    }

    /** Moves what is held and spent. */
    void move(Spender spender, BigDecimal held, BigDecimal spent) {
        now.computeIfPresent(spender, (key, row) -> row.moved(held, spent));
    }

    /** How much more is held and spent under a cap than when it was read. */
    record Moved(CapRow row, BigDecimal held, BigDecimal spent) {}

    /** The caps that moved, in one order for everybody. */
    List<Moved> moved() {
        List<Moved> moved = new ArrayList<>();
        now.forEach((spender, row) -> {
            CapRow read = Objects.requireNonNull(before.get(spender));
            BigDecimal held = row.held().subtract(read.held());
            BigDecimal spent = row.spent().subtract(read.spent());
            if (held.signum() != 0 || spent.signum() != 0) {
                moved.add(new Moved(row, held, spent));
            }
        });
        moved.sort(Comparator.comparing(
                each -> each.row().customer() + " " + each.row().user()));
        return moved;
    }
}
