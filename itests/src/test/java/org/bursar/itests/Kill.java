package org.bursar.itests;

/** When the platform is killed in the course of a write. */
enum Kill {
    /** Not at all. */
    NONE,
    /** Between the write before and this one. */
    BEFORE,
    /** Inside: before the transaction's first change of a table. Its transaction comes to nothing. */
    AT_FIRST_CHANGE,
    /** Inside: when nothing is left but the commit, which comes to nothing. */
    AT_COMMIT,
    /** Inside: when the commit was sent and the database goes on with it after the platform has died. */
    DURING_COMMIT,
    /** After the commit, before the answer. */
    BEFORE_ANSWER,
    /** Like AT_COMMIT, and the database dies at the same moment. */
    POWER_CUT_AT_COMMIT,
    /** Like BEFORE_ANSWER, and the database dies at the same moment. */
    POWER_CUT_BEFORE_ANSWER;

    boolean inside() {
        return this == AT_FIRST_CHANGE || this == AT_COMMIT || this == DURING_COMMIT || this == POWER_CUT_AT_COMMIT;
    }

    boolean powerCut() {
        return this == POWER_CUT_AT_COMMIT || this == POWER_CUT_BEFORE_ANSWER;
    }
}
