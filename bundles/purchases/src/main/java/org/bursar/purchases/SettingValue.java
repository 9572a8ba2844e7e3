package org.bursar.purchases;

/** What somebody sends for one setting. */
public sealed interface SettingValue {
    /** A text, or a number or truth value in its text. */
    record Text(String value) implements SettingValue {}

    /** Leave a secret as it is. */
    record Keep() implements SettingValue {}

    /** Remove it. */
    record Remove() implements SettingValue {}
}
