package org.bursar.itests;

import java.time.Duration;
import java.util.Locale;

/** A row of docs/scorecard.md: what was tried so and so often, what came of it, and what must come of it. */
public enum Figure {
    LOST_WRITES("acknowledged writes lost", Must.ZERO),
    DOUBLE_EFFECTS("retried writes that took effect twice", Must.ZERO),
    LEDGER_DRIFT("wallets whose balance is not the sum of their entries", Must.ZERO),
    UNFINISHED_WORK("writes neither done nor undone after their deadline", Must.ZERO),
    BAD_INPUTS("bad inputs answered with a 5xx", Must.ZERO),
    HALF_WRITES("refused writes that left something behind", Must.ZERO),
    PROBES("probes of another's data that gave more than a refusal", Must.ZERO),
    CANARIES("answers, mails and exports with another tenant's canary", Must.ZERO),
    TENANT_PREDICATES("statements without their tenant predicate that gave another's rows", Must.ZERO),
    OPEN_SOCKETS("listening sockets that are not on loopback", Must.ZERO),
    JVM_KILLS("kills (-9) of the JVM survived", Must.ALL),
    POSTGRES_KILLS("kills (-9) of PostgreSQL survived", Must.ALL),
    JVM_RECOVERY("worst time from the JVM's start after a kill to ready", Must.BE_KNOWN),
    POSTGRES_RECOVERY("worst recovery from a kill of PostgreSQL", Duration.ofSeconds(10)),
    UNREACHABLE_REFUSAL("worst answer while the database is unreachable", Duration.ofSeconds(3)),
    UNREACHABLE_RECOVERY("worst recovery once the database is reachable again", Duration.ofSeconds(10)),
    POOL_REFUSAL("worst answer while the pool is exhausted", Duration.ofSeconds(3)),
    POOL_USAGE("usage reports refused while the pool is exhausted", Must.ZERO),
    DRAIN_LOSSES("requests broken off by SIGTERM", Must.ZERO),
    DRAIN_TIME("worst time from SIGTERM to the end", Duration.ofSeconds(20)),
    REVOCATION("worst time until the other node refuses a revoked key", Duration.ofSeconds(1)),
    ACCESS("worst time until the other node knows who is served", Duration.ofSeconds(1)),
    SWAP_FAILURES("requests elsewhere that failed while a bundle was swapped", Must.ZERO),
    SWAP_DELAY("worst answer elsewhere while a bundle is swapped", Duration.ofMillis(300)),
    GATEWAY_SWAPS("swaps of a gateway under load that the platform went on after", Must.ALL),
    GATEWAY_UNFINISHED("purchases that did not end although their gateway was swapped or the JVM killed", Must.ZERO),
    GATEWAY_CREDITS("purchases under swaps and kills without exactly one credit", Must.ZERO),
    GATEWAY_UNREAD("webhooks under swaps and kills, late, twice, out of order, that nobody read", Must.ZERO),
    GATEWAY_LOADERS("class loaders of replaced gateways that are still there", Must.ZERO),
    GATEWAY_ACTIVE("worst time from dropping a gateway, approved by itself, to its running", Duration.ofSeconds(5)),
    GATEWAY_SWAP_TIME("worst time that a swap of a gateway takes under load", Duration.ofSeconds(5)),
    GATEWAY_HOSTILE("purchases that a hostile gateway of somebody else's harmed", Must.ZERO),
    CONTROLS("controls that lose, as they must", Must.ALL),
    UNSAFE_LOSSES("acknowledged writes lost under synchronous_commit=off, which a control must see", Must.SOME),
    SEEDED_BUGS("seeded bugs found by a test", Must.ALL);

    /** What must come of it. */
    enum Must {
        /** Nothing of the kind happens. */
        ZERO,
        /** Each try ends so. */
        ALL,
        /** Not each, but some. */
        SOME,
        /** The worst time stays within the bound. */
        WITHIN,
        /** The worst time is written down; nothing bounds it. */
        BE_KNOWN
    }

    final String what;
    private final Must must;
    private final Duration bound;

    Figure(String what, Must must) {
        this.what = what;
        this.must = must;
        this.bound = Duration.ofSeconds(Long.MAX_VALUE / 1000);
    }

    /** The worst of the times stays within a bound. */
    Figure(String what, Duration bound) {
        this.what = what;
        this.must = Must.WITHIN;
        this.bound = bound;
    }

    boolean timed() {
        return must == Must.WITHIN || must == Must.BE_KNOWN;
    }

    /** Whether this many tries with this result (or worst time in milliseconds) are as they must be. */
    boolean holds(long tried, long result) {
        return tried > 0
                && switch (must) {
                    case ZERO -> result == 0;
                    case ALL -> result == tried;
                    case SOME -> result > 0;
                    case WITHIN, BE_KNOWN -> result <= bound.toMillis();
                };
    }

    String result(long result) {
        return timed() ? seconds(result) : Long.toString(result);
    }

    String mustBe() {
        return switch (must) {
            case ZERO -> "0";
            case ALL -> "all";
            case SOME -> "some";
            case WITHIN -> "at most " + seconds(bound.toMillis());
            case BE_KNOWN -> "known";
        };
    }

    private static String seconds(long milliseconds) {
        return String.format(Locale.ROOT, "%.3f s", milliseconds / 1000.0);
    }
}
