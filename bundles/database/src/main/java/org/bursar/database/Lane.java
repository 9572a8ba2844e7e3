package org.bursar.database;

/** Connections that work of one kind keeps for itself, so that no other kind can take the last one from it. */
public enum Lane {
    /** Everything that has not said otherwise: pages, reports, administration, jobs. */
    GENERAL,

    /** What is asked before and after each AI call: access, holds, usage events. */
    USAGE
}
