package org.bursar.credits.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.bursar.credits.internal.SigningKeys.SigningKey;
import org.bursar.credits.internal.sql.EntryRange;
import org.bursar.credits.internal.sql.LeafRow;
import org.bursar.credits.internal.sql.ReasonKeyRow;
import org.bursar.credits.internal.sql.SealMapper;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.ledger.LeafHashes;
import org.bursar.ledger.Seal;
import org.bursar.ledger.SealKeys;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes seals. Each is one transaction: it locks the tenant's turn, so that two nodes never seal the same entries, reads what is
 * not sealed, and writes seal, parts and marks together. It locks no wallet: whoever posts never waits for it.
 */
@Component(service = Sealer.class)
public final class Sealer {
    /** How many entries a seal has at most: what one transaction reads, and what an audit path is made from. */
    static final int BATCH = 10_000;

    static final String REASONS = "ledger-reasons";

    private static final int REASON_KEY_BYTES = 32;

    private final Database database;
    private final Secrets secrets;
    private final Clock clock;
    private final SigningKeys keys;
    private final SealMapper seals;
    private final SecureRandom random = new SecureRandom();

    @Activate
    public Sealer(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference Clock clock,
            @Reference SigningKeys keys) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
        this.keys = keys;
        seals = database.mapper("credits", SealMapper.class);
    }

    /** One tenant's turn: batch after batch until nothing is left. */
    Run run(Scope scope) {
        return new Run(scope);
    }

    /** What one transaction has come to. */
    private record Step(long sealed, boolean more, List<EntryRange> gaps) {
        static final Step NOTHING = new Step(0, false, List.of());
    }

    /** A turn at one tenant. */
    final class Run {
        private final Scope scope;
        /** Wallets with a gap: what follows it is never sealed, and the others are not to wait for it. */
        private final TreeSet<UUID> passedOver = new TreeSet<>();

        private final List<String> gaps = new ArrayList<>();
        private long count;

        private Run(Scope scope) {
            this.scope = scope;
        }

        /** How many entries were sealed so far. */
        long sealed() {
            return count;
        }

        /** Makes at most one seal, and tells whether there may be more to do. */
        boolean next() {
            UUID[] without = passedOver.toArray(UUID[]::new);
            // most turns end here, and write and lock nothing
            if (!database.transact(scope, () -> seals.anything(scope.tenant()))) {
                return false;
            }
            SigningKey key = keys.current();
            Step step = database.transact(scope, () -> step(scope.tenant(), key, without));
            count += step.sealed();
            for (EntryRange gap : step.gaps()) {
                passedOver.add(gap.customer().uuid());
                gaps.add("entry " + gap.fromSeq() + " of " + gap.customer());
            }
            return step.more();
        }

        /**
         * Ends the turn.
         *
         * @throws IllegalStateException when entries are missing, so that the job counts as failed and somebody looks
         */
        void end() {
            if (!gaps.isEmpty()) {
                throw new IllegalStateException(
                        "the ledger of " + scope.tenant() + " has gaps, and nothing after them is" + " sealed: "
                                + String.join(", ", gaps) + " is missing");
            }
        }
    }

    private Step step(TenantId tenant, SigningKey key, UUID[] without) {
        Optional<ReasonKeyRow> turn = turn(tenant);
        if (turn.isEmpty()) {
            return Step.NOTHING;
        }
        // asked again under the lock: another node may have sealed them while this one came here
        List<EntryRange> wanted = atMost(seals.unsealed(tenant, without, BATCH));
        if (wanted.isEmpty()) {
            return Step.NOTHING;
        }
        Leaves leaves =
                new Leaves(tenant, secrets.open(tenant, REASONS, turn.get().reasonKey()));
        Gathered gathered = gather(tenant, leaves, wanted);
        if (!gathered.parts().isEmpty()) {
            write(tenant, key, gathered);
        }
        boolean more = total(wanted) == BATCH || !gathered.gaps().isEmpty();
        return new Step(gathered.hashes().size(), more, gathered.gaps());
    }

    private Optional<ReasonKeyRow> turn(TenantId tenant) {
        if (seals.reasonKey(tenant).isEmpty()) {
            byte[] fresh = new byte[REASON_KEY_BYTES];
            random.nextBytes(fresh);
            seals.begin(tenant, secrets.seal(tenant, REASONS, fresh), clock.instant());
        }
        return seals.lock(tenant);
    }

    private static long total(List<EntryRange> ranges) {
        return ranges.stream().mapToLong(EntryRange::entries).sum();
    }

    /** The first of them that make a batch; the last may be cut. */
    static List<EntryRange> atMost(List<EntryRange> ranges) {
        List<EntryRange> some = new ArrayList<>();
        long left = BATCH;
        for (EntryRange range : ranges) {
            if (left == 0) {
                break;
            }
            EntryRange part = range.upTo(Math.min(range.toSeq(), range.fromSeq() + left - 1));
            some.add(part);
            left -= part.entries();
        }
        return some;
    }

    /**
     * What goes into a seal.
     *
     * @param gaps for each wallet with a missing entry, what begins with that entry
     */
    private record Gathered(List<EntryRange> parts, List<byte[]> hashes, List<EntryRange> gaps) {}

    private Gathered gather(TenantId tenant, Leaves leaves, List<EntryRange> wanted) {
        List<LeafRow> rows = entries(seals, tenant, wanted);
        Gathered gathered = new Gathered(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int at = 0;
        for (int place = 1; place <= wanted.size(); place++) {
            EntryRange range = wanted.get(place - 1);
            long expected = range.fromSeq();
            for (; at < rows.size() && rows.get(at).place() == place; at++) {
                // after a gap nothing is sealed: a seal says that all before is there
                if (rows.get(at).seq() == expected) {
                    gathered.hashes().add(leaves.entry(rows.get(at)).leafHash());
                    expected++;
                }
            }
            if (expected > range.fromSeq()) {
                gathered.parts().add(range.upTo(expected - 1));
            }
            if (expected <= range.toSeq()) {
                gathered.gaps().add(new EntryRange(range.customer(), expected, range.toSeq()));
            }
        }
        return gathered;
    }

    private void write(TenantId tenant, SigningKey key, Gathered gathered) {
        LeafHashes hashes = LeafHashes.of(gathered.hashes());
        Optional<Seal> last = seals.newest(tenant, Long.MAX_VALUE, 1).stream()
                .map(row -> SealRows.seal(tenant, row))
                .findFirst();
        Seal seal = new Seal(
                tenant.toString(),
                last.map(Seal::number).orElse(0L) + 1,
                last.map(Seal::last).orElse(0L) + 1,
                hashes.size(),
                HexFormat.of().formatHex(hashes.root()),
                last.map(Seal::hash).orElse(Seal.NONE),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                key.id());
        seals.insert(tenant, SealRows.row(seal, SealKeys.sign(key.key(), seal)), hashes.bytes());
        List<EntryRange> parts = gathered.parts();
        Integer[] firstLeaves = new Integer[parts.size()];
        int leaf = 0;
        for (int i = 0; i < firstLeaves.length; i++) {
            firstLeaves[i] = leaf;
            leaf += Math.toIntExact(parts.get(i).entries());
        }
        UUID[] wallets = column(parts, part -> part.customer().uuid(), UUID[]::new);
        Long[] tos = column(parts, EntryRange::toSeq, Long[]::new);
        int written = seals.insertParts(
                tenant, seal.number(), wallets, column(parts, EntryRange::fromSeq, Long[]::new), tos, firstLeaves);
        int marked = seals.mark(tenant, wallets, tos);
        if (written != parts.size() || marked != parts.size()) {
            throw new IllegalStateException("wrote " + written + " and marked " + marked + " of " + parts.size()
                    + " parts, although the turn is locked");
        }
    }

    /** The entries of ranges; place is the number of the range, from 1. */
    static List<LeafRow> entries(SealMapper seals, TenantId tenant, List<EntryRange> ranges) {
        return seals.entries(
                tenant,
                column(ranges, range -> range.customer().uuid(), UUID[]::new),
                column(ranges, EntryRange::fromSeq, Long[]::new),
                column(ranges, EntryRange::toSeq, Long[]::new));
    }

    private static <T> T[] column(List<EntryRange> ranges, Function<EntryRange, T> column, IntFunction<T[]> array) {
        return ranges.stream().map(column).toArray(array);
    }
}
